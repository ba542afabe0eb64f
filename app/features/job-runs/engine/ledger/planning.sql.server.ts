/**
 * A plan as it is written down, in SQLite's dialect: items in pages, then chunks, hash and summary. Every write is on
 * condition of the planning's token and starts its transaction.
 */

import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import type { PlannedItem } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { writeInPieces, writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { rowId, rowsFrom, sql } from "~/ports/sql.server";
import { type ClaimedPlanning, renewPlanning } from "./claim.sql.server";
import { LeaseLost } from "./lease-lost";

/**
 * Forgets the items and chunks of a planning that another worker began.
 * @throws LeaseLost
 */
export async function clearItems(db: Db, planning: ClaimedPlanning, now: () => Date): Promise<void> {
  const hold = (tx: Tx) => holdPlanning(tx, planning, now());
  for (const table of [sql`"JobItem"`, sql`"JobChunk"`]) {
    const rows = sql`SELECT ${rowId} FROM ${table} WHERE "runId" = ${planning.runId}`;
    const clear = (tx: Tx, size: number) =>
      tx.$executeRaw`DELETE FROM ${table} WHERE ${rowId} IN (${rows} LIMIT ${size})`;
    await writeInPieces(db, clear, { hold });
  }
}

/** Appends one page of items, numbered from `firstSeq`, and prolongs the planning's lease. */
export async function appendItems(
  db: Db,
  planning: ClaimedPlanning,
  input: { firstSeq: number; items: PlannedItem[]; now: Date },
): Promise<void> {
  const rows = input.items.map(({ before, target, ...item }) => ({
    ...item,
    before: before === undefined ? null : JSON.stringify(before),
    target: target === undefined ? null : JSON.stringify(target),
  }));
  const columns = { subject: "text", label: "text", before: "text", target: "text", etag: "text" } as const;
  await db.$write(async (tx) => {
    await holdPlanning(tx, planning, input.now);
    await tx.$executeRaw`
      INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target", "etag")
      SELECT ${planning.runId}, ${input.firstSeq} + "position", "subject", "label", "before", "target", "etag"
        FROM ${rowsFrom(rows, columns)}`;
  });
}

/**
 * Closes the planning: cuts the items into chunks, then sets the plan's hash and summary. A plan with a risk is not applied by
 * itself: it waits for a person.
 * @param plan.guard is asked about a run that applies its own plan
 */
export async function finishPlanning(
  db: Db,
  planning: ClaimedPlanning,
  plan: {
    planned: number;
    chunkSize: number;
    /** Chunks are numbered 0, 1, 2, …; set-based ones, of which pieces become chunks, by their last items. */
    isSetBased: boolean;
    planHash: string;
    summary: PlanSummary;
    expiresAt: Date;
    now: Date;
    guard: JobDefinition["guard"];
  },
): Promise<void> {
  const now = plan.now.getTime();
  const mayApply = plan.summary.needsConsent === undefined;
  await cutChunks(db, planning, plan);
  await db.$write(async (tx) => {
    await holdPlanning(tx, planning, plan.now);
    await tx.$executeRaw`
      UPDATE "JobRun"
         SET "planned" = ${plan.planned}, "planHash" = ${plan.planHash}, "summary" = ${JSON.stringify(plan.summary)},
             "plannedAt" = ${now}, "expiresAt" = ${plan.expiresAt.getTime()}, "leaseUntil" = NULL, "worker" = NULL,
             "autoApply" = "autoApply" AND ${mayApply},
             "appliedAt" = CASE WHEN "autoApply" AND ${mayApply} THEN ${now} END,
             "startedAt" = CASE WHEN "autoApply" AND ${mayApply} AND ${plan.planned} = 0 THEN ${now} END,
             "finishedAt" = CASE WHEN "autoApply" AND ${mayApply} AND ${plan.planned} = 0 THEN ${now} END,
             "status" = CASE WHEN NOT ("autoApply" AND ${mayApply}) THEN 'planned'
                             WHEN ${plan.planned} = 0 THEN 'succeeded' ELSE 'pending' END
       WHERE "id" = ${planning.runId}`;
    if ((await tx.jobRun.count({ where: { id: planning.runId, appliedAt: { not: null } } })) > 0) {
      await plan.guard?.(tx, planning.runId);
    }
  });
}

type Cut = { planned: number; chunkSize: number; isSetBased: boolean; now: Date };

/** A million items may be as many as 100,000 chunks. None is claimed before the plan is closed. */
async function cutChunks(
  db: Db,
  planning: ClaimedPlanning,
  { planned, chunkSize, isSetBased, now }: Cut,
): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(planned / chunkSize) }, (_, seq) => seq);
  const cut = (tx: Tx, [first = 0, ...others]: number[]) => tx.$executeRaw`
    WITH RECURSIVE chunk("seq") AS (SELECT ${first} UNION ALL SELECT "seq" + 1 FROM chunk WHERE "seq" < ${first + others.length})
    INSERT INTO "JobChunk" ("runId", "seq", "firstSeq", "lastSeq", "status", "token", "succeeded", "failed", "skipped")
    SELECT ${planning.runId}, CASE WHEN ${isSetBased} THEN "lastSeq" ELSE "seq" END, "firstSeq", "lastSeq", 'open', 0, 0, 0, 0
      FROM (SELECT "seq", "seq" * ${chunkSize} AS "firstSeq",
                   min(("seq" + 1) * ${chunkSize}, ${planned}) - 1 AS "lastSeq" FROM chunk)`;
  await writeListInPieces(db, chunks, cut, { hold: (tx) => holdPlanning(tx, planning, now) });
}

/** Ends a run that could not go on. */
export async function failPlanning(
  db: Db,
  { runId, token }: ClaimedPlanning,
  failure: { errorClass: string; error: string; now: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE "JobRun"
       SET "status" = 'failed', "errorClass" = ${failure.errorClass}, "error" = ${failure.error},
           "finishedAt" = ${failure.now.getTime()}, "leaseUntil" = NULL, "worker" = NULL
     WHERE "id" = ${runId} AND "token" = ${token} AND "status" = 'planning'`;
}

/** @throws LeaseLost when the planning was taken over or cancelled */
export async function holdPlanning(tx: Tx, planning: ClaimedPlanning, now: Date): Promise<void> {
  if (await renewPlanning(tx, planning, now)) return;
  throw new LeaseLost(`The planning of run ${planning.runId} was taken over or cancelled`);
}
