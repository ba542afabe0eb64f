import { explainAnswer } from "~/features/labeling/describe-answer";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { costOf, type ModelPrice } from "~/features/prices/model-prices";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import type { LabelResult } from "~/ports/model/model.server";
import { allOf, type Sql, sql } from "~/ports/sql.server";
import type { Standing } from "./budget";
import { isInFlight, sumSpend, usdOf } from "./sum-spend.sql.server";

type Deps = { db: Db; clock: Clock };

/** What a run asks about one image. */
export type Question = { labelRunId: number; imageId: number; requestHash: string };

/** A question to a model, and the most that asking it once can take; dollars are null where its price is not known. */
export type Call = Question & { model: string; reservedUsd: number | null; expectedTokens: number };

/** A question that belongs to no run: someone tries a prompt version. */
export type TriedCall = Omit<Call, "labelRunId"> & { promptVersionId: number };

/** A call that may be made now: its row, and the time from which its price is told. */
export type Reserved = { callId: number; at: Date };

/** Sums of binary fractions are off by less than this. */
const ROUNDING_USD = 1e-9;

/**
 * Reserves one call's dollars before it is made. One statement, so that calls in flight anywhere cannot pass the budget
 * together: a call without known dollars counts with what was reserved for it. The budget is read each time: it may have
 * been raised. A call of unknown price has no room in any budget.
 * @param hasRoom a condition: the model's quotas have room for it
 * @returns "in-flight" when the budget has no room now, but may have once calls in flight are settled; "spent" when it
 * has none and no call is in flight; null when the quotas have no room
 */
export async function reserveCall(
  { db, clock }: Deps,
  call: Call,
  hasRoom: Sql,
): Promise<Reserved | "in-flight" | "spent" | null> {
  const now = clock.now();
  const { labelRunId, reservedUsd } = call;
  const isInBudget = sql`(r."budgetUsd" IS NULL
      OR r."budgetUsd" + ${ROUNDING_USD} >= ${reservedUsd} + (
           SELECT ${usdOf(sql`"spentPico" + "reservedPico"`)} FROM "CallTally" WHERE "labelRunId" = ${labelRunId}))`;
  // All looks in one transaction: a call that ends, or begins, between them would make any answer a wrong one.
  return db.$write(async (tx) => {
    const isWithin = sql`EXISTS (SELECT 1 FROM "LabelRun" r WHERE r."id" = ${labelRunId} AND ${isInBudget})`;
    const reserved = await writeReserved(tx, call, now, allOf([isWithin, hasRoom]));
    if (reserved) return reserved;
    const within = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "LabelRun" r WHERE r."id" = ${labelRunId} AND ${isInBudget}`;
    if (within.length > 0) return null;
    const inFlight = await tx.modelCall.count({ where: { labelRunId, ...isInFlight(now) } });
    return inFlight > 0 && reservedUsd !== null ? "in-flight" : "spent";
  });
}

/**
 * Reserves one call that belongs to no run, within `tx`; it is bound by the model's quotas only.
 * @returns null when the quotas have no room
 */
export const reserveTry = (tx: Tx, call: TriedCall, at: Date, hasRoom: Sql): Promise<Reserved | null> =>
  writeReserved(tx, call, at, hasRoom);

/** The row of a call that is about to be made, if the condition holds. */
async function writeReserved(tx: Tx, call: Call | TriedCall, at: Date, condition: Sql): Promise<Reserved | null> {
  const { imageId, requestHash, model, reservedUsd, expectedTokens } = call;
  const labelRunId = "labelRunId" in call ? call.labelRunId : null;
  const promptVersionId = "promptVersionId" in call ? call.promptVersionId : null;
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO "ModelCall" ("labelRunId", "promptVersionId", "imageId", "requestHash", "model", "reservedUsd",
                             "expectedTokens", "outcome", "createdAt")
    SELECT ${labelRunId}, ${promptVersionId}, ${imageId}, ${requestHash}, ${model}, ${reservedUsd ?? 0},
           ${expectedTokens}, 'reserved', ${at.getTime()}
     WHERE ${condition}
    RETURNING "id"`;
  return row ? { callId: row.id, at } : null;
}

/** Takes back what was reserved for a call that will not be made, for who was told to stop meanwhile. */
export async function releaseCall({ db }: { db: Db }, { callId }: Reserved): Promise<void> {
  await db.modelCall.deleteMany({ where: { id: callId, outcome: "reserved" } });
}

/** Where a run stands against its budget. */
export async function readStanding(deps: Deps, labelRunId: number): Promise<Omit<Standing, "callUsd">> {
  const { budgetUsd } = await deps.db.labelRun.findUniqueOrThrow({ where: { id: labelRunId } });
  const { spentUsd, unknownUsd } = await sumSpend(deps, { labelRunIds: [labelRunId] });
  return { budgetUsd: budgetUsd ?? 0, spentUsd, unknownUsd };
}

/** Calls of this run about this question that failed: each time the model said nothing about the picture. */
export const countFailed = ({ db }: { db: Db }, { labelRunId, imageId, requestHash }: Question) =>
  db.modelCall.count({ where: { labelRunId, imageId, requestHash, outcome: "failed" } });

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

/** Dollars that no one told stay unknown: the reservation goes on counting. */
const failureDetails = (result: Exclude<LabelResult<PersonaAnswer>, { usage: unknown }>) => ({
  reason: result.reason,
  usd: result.kind === "failed" && result.perhapsBilled ? null : 0,
});

/** No call costs so many times what was reserved for it, for that is counted from above: such a usage is a mistake. */
const BELIEVED_TIMES = 2;

function detailsOf(
  result: Extract<LabelResult<PersonaAnswer>, { usage: unknown }>,
  { price, reservedUsd }: { price: ModelPrice | null; reservedUsd: number | null },
) {
  const { usage, modelVersion } = result;
  const usd = usage && price && costOf(price, usage);
  const isBelieved = usage !== null && (usd === null || reservedUsd === null || usd <= BELIEVED_TIMES * reservedUsd);
  return {
    reason: explainAnswer(result),
    ...((result.kind === "refused" || result.kind === "unanswered") && {
      reasonCode: result.reason,
      finishMessage: result.said,
    }),
    answer: result.kind === "labelled" ? JSON.stringify(result.answer) : result.text,
    mended: result.kind === "labelled" && result.mended.length > 0 ? JSON.stringify(result.mended) : null,
    modelVersion,
    ...(isBelieved && {
      promptTokens: usage.text,
      imageTokens: usage.image,
      cachedTokens: usage.cached,
      outputTokens: usage.output,
      thoughtTokens: usage.thoughts,
    }),
    usd: isBelieved ? usd : null,
  };
}
