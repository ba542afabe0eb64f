import { explainAnswer } from "~/features/labeling/describe-answer";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { costOf, type ModelPrice } from "~/features/prices/model-prices";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { LabelResult } from "~/ports/model/model.server";
import type { Standing } from "./budget";
import { isInFlight, sumSpend } from "./sum-spend.server";

type Deps = { db: Db; clock: Clock };

/** One question to a model, and the most dollars that asking it once can cost. */
export type Call = { labelRunId: number; imageId: number; requestHash: string; reservedUsd: number };

/** Sums of binary fractions are off by less than this. */
const ROUNDING_USD = 1e-9;

/**
 * Reserves one call's dollars before it is made. One statement, so that calls in flight anywhere cannot pass the budget
 * together: a call without known dollars counts with what was reserved for it. The budget is read each time: it may have
 * been raised.
 * @returns "in-flight" when the budget has no room now, but may have once calls in flight are settled; "spent" when it
 * has none and no call is in flight
 */
export async function reserveCall(
  { db, clock }: Deps,
  call: Call,
): Promise<{ callId: number } | "in-flight" | "spent"> {
  const now = clock.now();
  // Both looks in one transaction: a call that ends, or begins, between them would make either answer a wrong one.
  return db.$write(async (tx) => {
    const rows = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO "ModelCall" ("labelRunId", "imageId", "requestHash", "reservedUsd", "outcome", "createdAt")
      SELECT r."id", ${call.imageId}, ${call.requestHash}, ${call.reservedUsd}, 'reserved', ${now.getTime()}
        FROM "LabelRun" r
       WHERE r."id" = ${call.labelRunId}
         AND (r."budgetUsd" IS NULL
          OR r."budgetUsd" + ${ROUNDING_USD} >= ${call.reservedUsd} + (
               SELECT coalesce(sum(coalesce("usd", "reservedUsd")), 0)
                 FROM "ModelCall" WHERE "labelRunId" = ${call.labelRunId}))
      RETURNING "id"`;
    const [row] = rows;
    if (row) return { callId: row.id };
    const inFlight = await tx.modelCall.count({ where: { labelRunId: call.labelRunId, ...isInFlight(now) } });
    return inFlight > 0 ? "in-flight" : "spent";
  });
}

/** Where a run stands against its budget. */
export async function readStanding(deps: Deps, labelRunId: number): Promise<Omit<Standing, "callUsd">> {
  const { budgetUsd } = await deps.db.labelRun.findUniqueOrThrow({ where: { id: labelRunId } });
  const { spentUsd, unknownUsd } = await sumSpend(deps, { labelRunId });
  return { budgetUsd: budgetUsd ?? 0, spentUsd, unknownUsd };
}

/** Calls of this run about this question that failed: each time the model said nothing about the picture. */
export const countFailed = ({ db }: { db: Db }, { labelRunId, imageId, requestHash }: Omit<Call, "reservedUsd">) =>
  db.modelCall.count({ where: { labelRunId, imageId, requestHash, outcome: "failed" } });

/** Records how a call ended, with its dollars, whatever then becomes of the item: the money is spent either way. */
export async function settleCall(
  { db, clock }: Deps,
  callId: number,
  result: LabelResult<PersonaAnswer>,
  { price, reservedUsd }: { price: ModelPrice; reservedUsd: number },
): Promise<void> {
  const details = "usage" in result ? detailsOf(result, price, reservedUsd) : failureDetails(result);
  await db.modelCall.update({
    where: { id: callId },
    data: { outcome: result.kind, rawResponse: result.raw, finishedAt: clock.now(), ...details },
  });
}

/** Dollars that no one told stay unknown: the reservation goes on counting. */
const failureDetails = (result: Exclude<LabelResult<PersonaAnswer>, { usage: unknown }>) => ({
  reason: result.reason,
  usd: result.kind === "failed" && result.perhapsBilled ? null : 0,
});

/** No call costs so many times what was reserved for it, for that is counted from above: such a usage is a mistake. */
const BELIEVED_TIMES = 2;

function detailsOf(
  result: Extract<LabelResult<PersonaAnswer>, { usage: unknown }>,
  price: ModelPrice,
  reservedUsd: number,
) {
  const { usage, modelVersion } = result;
  const usd = usage && costOf(price, { ...usage, input: usage.text + usage.image });
  const isKnown = usage !== null && usd !== null && usd <= BELIEVED_TIMES * reservedUsd;
  return {
    reason: explainAnswer(result),
    answer: result.kind === "labelled" ? JSON.stringify(result.answer) : result.text,
    mended: result.kind === "labelled" && result.mended.length > 0 ? JSON.stringify(result.mended) : null,
    modelVersion,
    ...(isKnown && {
      promptTokens: usage.text,
      imageTokens: usage.image,
      cachedTokens: usage.cached,
      outputTokens: usage.output,
    }),
    usd: isKnown ? usd : null,
  };
}
