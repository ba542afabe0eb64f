import type { MadeCall } from "~/features/model-calls/call-end";
import { holdByEnd } from "~/features/model-calls/hold-by-end.server";
import { makeCall, type Waiter } from "~/features/model-calls/make-call.server";
import { ledgerOf, type NewCall } from "~/features/model-calls/reserve-call.sql.server";
import { type EmbeddingFacts, explainEmbeddingEnd } from "~/features/prices/model-book";
import type { Ports } from "~/ports/index.server";
import type { ModelImage } from "~/ports/model/model.server";
import type { EmbedTerms } from "./embed-terms.server";
import type { Frozen } from "./keep-vectors.server";
import { type Embedded, settleEmbedding } from "./settle-embedding.server";

type Asked = {
  question: Pick<NewCall, "imageId" | "requestHash">;
  members: { image: Frozen; picture: ModelImage }[];
};

/** USD of so many images; null: the price is not known. Of this kind of call it is known before. */
export const priceOfImages = ({ imageTokens, price }: EmbeddingFacts, images: number): number | null =>
  price && images * imageTokens * price.input.image;

/** Makes one call about some images. A model that has ended since the plan pauses the run. */
export async function makeEmbedCall(
  ports: Ports,
  run: EmbedTerms,
  { question, members }: Asked,
  waiter: Waiter,
): Promise<MadeCall<Embedded>> {
  const { model, dimensions, runId } = run;
  const facts = run.factsAt(ports.clock.now());
  const ended = explainEmbeddingEnd(facts, ports.clock.now());
  if (ended !== null) return { outcome: "open", pause: `${ended} Cancel this run: the vectors that it has made stay.` };
  const reservedUsd = priceOfImages(facts, members.length);
  const call = { ...question, model, reservedUsd, expectedTokens: members.length * facts.imageTokens };
  return makeCall<Embedded>(
    ports,
    { ledger: ledgerOf(ports, { embedRunId: runId }, call), call, limits: facts.limits },
    waiter,
    async (reserved) => {
      const contents = members.map(({ picture }) => ({ image: picture }));
      const result = await ports.model.embed({ model, dimensions, contents, signal: waiter.signal });
      const images = members.map(({ image }) => image);
      const settled = await settleEmbedding(ports, run, { reserved, reservedUsd, images }, result);
      await holdByEnd(ports, settled, { model, isStopped: waiter.signal.aborted });
      return settled;
    },
  );
}
