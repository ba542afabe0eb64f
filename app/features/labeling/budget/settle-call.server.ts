import { explainAnswer } from "~/features/labeling/describe-answer";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { billOf, billOfFailure } from "~/features/model-calls/bill";
import type { Reserved } from "~/features/model-calls/ledger";
import type { ModelPrice } from "~/features/prices/model-prices";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { LabelResult } from "~/ports/model/model.server";

type Deps = { db: Db; clock: Clock };

type PriceOf = (answeredBy: string | null, at: Date) => ModelPrice | null;

/** Records how a call ended, with its dollars, whatever then becomes of the item: the money is spent either way. */
export async function settleCall(
  { db, clock }: Deps,
  { callId, at }: Reserved,
  result: LabelResult<PersonaAnswer>,
  { priceOf, reservedUsd }: { priceOf: PriceOf; reservedUsd: number | null },
): Promise<void> {
  const details =
    "usage" in result
      ? detailsOf(result, { price: priceOf(result.modelVersion, at), reservedUsd })
      : failureDetails(result);
  await db.modelCall.update({
    where: { id: callId },
    data: { outcome: result.kind, rawResponse: result.raw, finishedAt: clock.now(), ...details },
  });
}

const failureDetails = (result: Exclude<LabelResult<PersonaAnswer>, { usage: unknown }>) => ({
  reason: result.reason,
  ...billOfFailure(result),
});

function detailsOf(
  result: Extract<LabelResult<PersonaAnswer>, { usage: unknown }>,
  known: { price: ModelPrice | null; reservedUsd: number | null },
) {
  return {
    reason: explainAnswer(result),
    ...((result.kind === "refused" || result.kind === "unanswered") && {
      reasonCode: result.reason,
      finishMessage: result.said,
    }),
    answer: result.kind === "labelled" ? JSON.stringify(result.answer) : result.text,
    mended: result.kind === "labelled" && result.mended.length > 0 ? JSON.stringify(result.mended) : null,
    modelVersion: result.modelVersion,
    ...billOf(result.usage, known),
  };
}
