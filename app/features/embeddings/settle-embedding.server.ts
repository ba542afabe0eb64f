import { billOf, billOfFailure } from "~/features/model-calls/bill";
import type { Reserved } from "~/features/model-calls/ledger";
import type { Ports } from "~/ports/index.server";
import type { EmbedResult, Failure } from "~/ports/model/model.server";
import type { EmbedTerms } from "./embed-terms.server";
import { type Frozen, type Kept, keepVectors } from "./keep-vectors.server";

/** What became of the vector of each image. */
export type Embedded = { kind: "embedded"; kept: { image: Frozen; became: Kept }[] };

/**
 * Records how a call ended, with its dollars and its vectors, in one transaction: what was paid for is there, whatever then becomes of
 * the items, and a worker that takes over from a dead one finds it. So no lease is asked for: a vector is right or not by its image's
 * bytes alone, and one that comes late is kept, or is there already.
 */
export async function settleEmbedding(
  { db, clock }: Pick<Ports, "db" | "clock">,
  run: EmbedTerms,
  call: { reserved: Reserved; reservedUsd: number | null; images: Frozen[] },
  result: EmbedResult | Failure,
): Promise<Embedded | Failure> {
  const { reserved, reservedUsd, images } = call;
  const { runId, model, dimensions } = run;
  const at = clock.now();
  const data =
    result.kind === "embedded"
      ? billOf(result.usage, { price: run.factsAt(reserved.at).price, reservedUsd })
      : { reason: result.reason, ...billOfFailure(result) };
  return db.$write(async (tx) => {
    await tx.modelCall.update({
      where: { id: reserved.callId },
      data: { outcome: result.kind, finishedAt: at, ...data },
    });
    if (result.kind !== "embedded") return result;
    const made = images.flatMap((image, at) => {
      const vector = result.vectors[at];
      return vector ? [{ image, vector }] : [];
    });
    const became = await keepVectors(tx, made, { runId, wanted: { model, dimensions }, at });
    return { kind: "embedded", kept: made.map(({ image }, at) => ({ image, became: became[at] ?? "gone" })) };
  });
}
