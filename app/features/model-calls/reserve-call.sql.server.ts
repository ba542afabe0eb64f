import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { allOf, type Sql, sql } from "~/ports/sql.server";
import type { Standing } from "./budget";
import type { Ledger, Reserved } from "./ledger";
import { type CallsRun, isInFlight, ofRun, spendOfRun, usdOf } from "./sum-spend.sql.server";

type Deps = { db: Db; clock: Clock };

/** A question to a model, and the most that asking it once can take; dollars are null where its price is not known. */
export type NewCall = {
  /** Of several images the first: `requestHash` names them all. */
  imageId: number;
  requestHash: string;
  model: string;
  reservedUsd: number | null;
  expectedTokens: number;
};

/** What a call is made for. */
type CallFor = CallsRun | { promptVersionId: number };

/** Sums of binary fractions are off by less than this. */
export const ROUNDING_USD = 1e-9;

const budgetOf = (run: CallsRun): Sql =>
  "labelRunId" in run
    ? sql`SELECT "budgetUsd" FROM "LabelRun" WHERE "id" = ${run.labelRunId}`
    : sql`SELECT "budgetUsd" FROM "EmbedRun" WHERE "jobRunId" = ${run.embedRunId}`;

/** The ledger of calls about images. */
export const ledgerOf = (deps: Deps, run: CallsRun, call: NewCall): Ledger => ({
  reserve: (hasRoom) => reserveInBudget(deps, run, call, hasRoom),
  readStanding: () => readStanding(deps, run),
  release: (reserved) => releaseCall(deps, reserved),
});

/**
 * Reserves one call's dollars before it is made. One statement, so that calls in flight anywhere cannot pass the budget
 * together: a call without known dollars counts with what was reserved for it. The budget is read each time: it may have
 * been raised. A call of unknown price has no room in any budget.
 * @param hasRoom a condition: the model's quotas have room for it
 * @returns "in-flight" when the budget has no room now, but may have once calls in flight are settled; "spent" when it
 * has none and no call is in flight; null when the quotas have no room
 */
export async function reserveInBudget(
  { db, clock }: Deps,
  run: CallsRun,
  call: NewCall,
  hasRoom: Sql,
): Promise<Reserved | "in-flight" | "spent" | null> {
  const now = clock.now();
  const { reservedUsd } = call;
  const isWithin = sql`EXISTS (SELECT 1 FROM (${budgetOf(run)}) r WHERE (r."budgetUsd" IS NULL
      OR r."budgetUsd" + ${ROUNDING_USD} >= ${reservedUsd} + (
           SELECT ${usdOf(sql`"spentPico" + "reservedPico"`)} FROM "CallTally" WHERE ${ofRun(run)})))`;
  // All looks in one transaction: a call that ends, or begins, between them would make any answer a wrong one.
  return db.$write(async (tx) => {
    const reserved = await reserveCall(tx, { ...run, ...call }, now, allOf([isWithin, hasRoom]));
    if (reserved) return reserved;
    const within = await tx.$queryRaw<unknown[]>`SELECT 1 WHERE ${isWithin}`;
    if (within.length > 0) return null;
    const inFlight = await tx.modelCall.count({ where: { ...run, ...isInFlight(now) } });
    return inFlight > 0 && reservedUsd !== null ? "in-flight" : "spent";
  });
}

/** Writes the row of a call that is about to be made, within `tx`; null where the condition does not hold. */
export async function reserveCall(tx: Tx, call: CallFor & NewCall, at: Date, condition: Sql): Promise<Reserved | null> {
  const { imageId, requestHash, model, reservedUsd, expectedTokens } = call;
  const labelRunId = "labelRunId" in call ? call.labelRunId : null;
  const promptVersionId = "promptVersionId" in call ? call.promptVersionId : null;
  const embedRunId = "embedRunId" in call ? call.embedRunId : null;
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO "ModelCall" ("labelRunId", "promptVersionId", "embedRunId", "imageId", "requestHash", "model", "reservedUsd",
                             "expectedTokens", "outcome", "createdAt")
    SELECT ${labelRunId}, ${promptVersionId}, ${embedRunId}, ${imageId}, ${requestHash}, ${model}, ${reservedUsd ?? 0},
           ${expectedTokens}, 'reserved', ${at.getTime()}
     WHERE ${condition}
    RETURNING "id"`;
  return row ? { callId: row.id, at } : null;
}

/** Takes back what was reserved for a call that will not be made, for who was told to stop meanwhile. */
async function releaseCall({ db }: { db: Db }, { callId }: Reserved): Promise<void> {
  await db.modelCall.deleteMany({ where: { id: callId, outcome: "reserved" } });
}

/** Where a run stands against its budget. */
async function readStanding(deps: Deps, run: CallsRun): Promise<Omit<Standing, "callUsd">> {
  const [row] = await deps.db.$queryRaw<{ budgetUsd: number | null }[]>`${budgetOf(run)}`;
  const { spentUsd, unknownUsd } = await spendOfRun(deps, run);
  return { budgetUsd: row?.budgetUsd ?? 0, spentUsd, unknownUsd };
}

/** Calls of a run about this question that failed: each time the model said nothing about the picture. */
export const countFailed = (
  { db }: { db: Db },
  { requestHash, imageId, ...run }: CallsRun & Pick<NewCall, "imageId" | "requestHash">,
) => db.modelCall.count({ where: { ...run, imageId, requestHash, outcome: "failed" } });
