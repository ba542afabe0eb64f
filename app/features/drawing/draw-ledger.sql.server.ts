import { randomBytes } from "node:crypto";
import type { Ledger, Reserved } from "~/features/model-calls/ledger";
import { ROUNDING_USD } from "~/features/model-calls/reserve-call.sql.server";
import { isDrawingInFlight, type Spend } from "~/features/model-calls/sum-spend.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { allOf, type Sql, sql } from "~/ports/sql.server";

type Deps = { db: Db; clock: Clock };

/** A call that draws, before it is made. `reservedUsd`: the most that it can cost; null: its price is not known. */
export type NewDrawing = {
  runId: number;
  seq: number;
  model: string;
  reservedUsd: number | null;
  expectedTokens: number;
};

/** `mark` goes with the picture, so that its object tells which call was paid for it. */
export type ReservedDrawing = Reserved & { mark: string };

/** The ledger of calls that draw; one without known dollars counts with what was reserved for it. */
export const drawLedger = (deps: Deps, call: NewDrawing): Ledger<ReservedDrawing> => ({
  reserve: (hasRoom) => reserve(deps, call, hasRoom),
  readStanding: async () => {
    const { budgetUsd } = await deps.db.drawRun.findUniqueOrThrow({ where: { jobRunId: call.runId } });
    const { spentUsd, unknownUsd } = await spendOfDrawRun(deps, call.runId);
    return { budgetUsd, spentUsd, unknownUsd };
  },
  release: async ({ callId }) => {
    await deps.db.drawCall.deleteMany({ where: { id: callId, outcome: "reserved" } });
  },
});

/** As `reserveInBudget`, of calls that draw. */
function reserve({ db, clock }: Deps, call: NewDrawing, hasRoom: Sql) {
  const { runId, seq, model, reservedUsd, expectedTokens } = call;
  const at = clock.now();
  const mark = randomBytes(12).toString("hex");
  const isWithin = sql`EXISTS (SELECT 1 FROM "DrawRun" WHERE "jobRunId" = ${runId}
      AND "budgetUsd" + ${ROUNDING_USD} >= ${reservedUsd} + (
          SELECT coalesce(sum(coalesce("usd", "reservedUsd")), 0) FROM "DrawCall" WHERE "drawRunId" = ${runId}))`;
  return db.$write(async (tx): Promise<ReservedDrawing | "in-flight" | "spent" | null> => {
    const [row] = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO "DrawCall" ("drawRunId", "seq", "mark", "model", "reservedUsd", "expectedTokens", "outcome", "createdAt")
      SELECT ${runId}, ${seq}, ${mark}, ${model}, ${reservedUsd ?? 0}, ${expectedTokens}, 'reserved', ${at.getTime()}
       WHERE ${allOf([isWithin, hasRoom])}
      RETURNING "id"`;
    if (row) return { callId: Number(row.id), at, mark };
    const within = await tx.$queryRaw<unknown[]>`SELECT 1 WHERE ${isWithin}`;
    if (within.length > 0) return null;
    const inFlight = await tx.drawCall.count({ where: { drawRunId: runId, ...isDrawingInFlight(at) } });
    return inFlight > 0 && reservedUsd !== null ? "in-flight" : "spent";
  });
}

/** What the calls of one run have cost. */
export async function spendOfDrawRun({ db, clock }: Deps, runId: number): Promise<Spend> {
  const ofRun = { drawRunId: runId };
  const sum = (rows: { usd: number | null; reservedUsd: number }[], of: "usd" | "reservedUsd") =>
    rows.reduce((total, row) => total + (row[of] ?? 0), 0);
  const select = { usd: true, reservedUsd: true } as const;
  const calls = await db.drawCall.findMany({ where: ofRun, select });
  const inFlight = await db.drawCall.findMany({
    where: { ...ofRun, ...isDrawingInFlight(clock.now()), usd: null },
    select,
  });
  const reservedUsd = sum(
    calls.filter(({ usd }) => usd === null),
    "reservedUsd",
  );
  const unknownUsd = Math.max(reservedUsd - sum(inFlight, "reservedUsd"), 0);
  return { spentUsd: sum(calls, "usd"), reservedUsd, unknownUsd };
}

/** Calls of an item that ended so. */
export const countEnded = (
  { db }: Pick<Deps, "db">,
  { runId, seq }: { runId: number; seq: number },
  outcomes: string[],
): Promise<number> => db.drawCall.count({ where: { drawRunId: runId, seq, outcome: { in: outcomes } } });
