import { createHash } from "node:crypto";
import { changedSincePlan, goneSincePlan } from "~/features/images/since-plan";
import type { ItemContext, ItemResult, LeftOpen } from "~/features/job-runs/kinds/handler";
import { askWithPatience, FAILURES_OF_AN_ITEM } from "~/features/model-calls/ask-with-patience.server";
import type { Failed } from "~/features/model-calls/call-end";
import type { Waiter } from "~/features/model-calls/make-call.server";
import { countFailed } from "~/features/model-calls/reserve-call.sql.server";
import type { Ports } from "~/ports/index.server";
import type { ModelImage } from "~/ports/model/model.server";
import type { EmbeddingState } from "./embed-images";
import type { EmbedTerms } from "./embed-terms.server";
import type { Frozen, Kept } from "./keep-vectors.server";
import { makeEmbedCall } from "./make-embed-call.server";

/** An image on its way into a request, with what its item is done under. */
export type Member = { ports: Ports; image: Frozen; picture: ModelImage } & Pick<
  ItemContext<unknown>,
  "signal" | "waiting"
>;

/**
 * Has the model make the vectors of some images in one request, and says how the item of each ends. A request that fails is made again
 * for each image alone, so that one which the model cannot take fails by itself. What no waiting mends leaves all of them open.
 */
export async function embedTogether(run: EmbedTerms, members: Member[]): Promise<ItemResult[]> {
  const ended = await ask(run, members);
  if ("outcome" in ended) return members.map(() => ended);
  if (ended.kind === "embedded") return ended.kept.map((kept) => toResult(run, kept));
  if (members.length > 1) return (await Promise.all(members.map((member) => embedTogether(run, [member])))).flat();
  const error = ended.retryable ? `${ended.reason} Asked ${FAILURES_OF_AN_ITEM} times. Retry it later.` : ended.reason;
  return [{ outcome: "failed", errorClass: "model-failed", error }];
}

type Ended = { kind: "embedded"; kept: { image: Frozen; became: Kept }[] } | Failed | LeftOpen;

async function ask(run: EmbedTerms, members: Member[]): Promise<Ended> {
  const [first] = members;
  if (!first) throw new Error("A request is about one image at least.");
  const { ports } = first;
  const question = { imageId: first.image.id, requestHash: hashOf(run, members) };
  const waiter: Waiter = {
    signal: whenAllGaveUp(members),
    waiting(reason) {
      for (const { waiting } of members) waiting(reason);
    },
  };
  const { patience, runId: embedRunId } = run;
  const asking = askWithPatience(
    ports,
    { patience, countFailed: () => countFailed(ports, { embedRunId, ...question }) },
    waiter,
  );
  return asking(async () => {
    const made = await makeEmbedCall(ports, run, { question, members }, waiter);
    if ("outcome" in made || made.kind !== "failed" || members.length === 1) return made;
    return { ...made, retryable: false };
  });
}

/** The same question: by the same model about the same pictures. */
function hashOf({ model, dimensions }: EmbedTerms, members: Member[]): string {
  const asked = members.map(({ image }) => [image.id, image.etag]);
  return createHash("sha256")
    .update(JSON.stringify([model, dimensions, asked]))
    .digest("hex");
}

/** A request goes on for as long as one of its images is waited for. */
function whenAllGaveUp(members: Member[]): AbortSignal {
  const all = new AbortController();
  let left = members.length;
  for (const { signal } of members) {
    const giveUp = () => {
      left--;
      if (left === 0) all.abort(signal.reason);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
  }
  return all.signal;
}

function toResult(run: EmbedTerms, { image, became }: { image: Frozen; became: Kept }): ItemResult {
  switch (became) {
    case "kept":
      return embedded(run, image);
    case "there":
      return hasOneByNow;
    case "changed":
      return changedSincePlan;
    case "gone":
      return goneSincePlan;
  }
}

export const hasOneByNow = { outcome: "skipped", reason: "It has its vector by now." } as const;

/** The outcome of an item whose vector this run has made. */
export function embedded({ model, dimensions, runId }: EmbedTerms, { etag }: Frozen): ItemResult {
  return { outcome: "succeeded", after: { etag, model, dimensions, runId } satisfies EmbeddingState };
}
