/**
 * Who works on what: leases with fencing tokens, in SQLite's dialect. On PostgreSQL, pg-boss takes this file's place.
 * A lease that ran out may be taken over; the token then grows, and whatever the former holder still writes is refused.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { underWay } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import { writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db, Tx } from "~/ports/db.server";
import { jsonList, rowsFrom, sql, valuesOf } from "~/ports/sql.server";
import { setBackLeases, setBackPlannings, takeUpParked } from "./ahead.sql.server";
import { LeaseLost } from "./lease-lost";

/** Heartbeat every 5 s, lease 15 s: a worker may miss two beats before another takes over. */
export const LEASE_MS = 15_000;

export type ClaimedPlanning = { runId: number; token: number; kind: string; payload: string; undoOfId: number | null };
export type ClaimedChunk = {
  runId: number;
  seq: number;
  firstSeq: number;
  lastSeq: number;
  token: number;
  /** Leases of it that ran out because their worker died. */
  deaths: number;
};

export type ClaimScope = {
  worker: string;
  now: Date;
  /** Kinds this process has handlers for, with the chunks of each that may be leased at once over all workers. */
  chunkConcurrency: Record<string, number>;
  /** Only this run (a script that carries out its own). */
  onlyRunId?: number;
  /** Lanes served: 0 interactive, 1 bulk. */
  lanes: readonly number[];
};

/**
 * Takes the next run to plan, or null.
 * @throws DatabaseNotReady when another version has migrated the database
 */
export function claimPlanning(db: Db, scope: ClaimScope): Promise<ClaimedPlanning | null> {
  const now = scope.now.getTime();
  return db.$write(async (tx) => {
    await setBackPlannings(tx, now + LEASE_MS);
    const rows = await tx.$queryRaw<ClaimedPlanning[]>`
      UPDATE "JobRun"
         SET "worker" = ${scope.worker}, "token" = "token" + 1, "leaseUntil" = ${now + LEASE_MS}
       WHERE "id" = (
         SELECT "id" FROM "JobRun"
          WHERE "status" = 'planning'
            AND ("leaseUntil" IS NULL OR "leaseUntil" < ${now})
            AND "kind" IN ${valuesOf(Object.keys(scope.chunkConcurrency))}
            AND "lane" IN ${valuesOf(scope.lanes)}
            AND (${scope.onlyRunId ?? null} IS NULL OR "id" = ${scope.onlyRunId ?? null})
          ORDER BY "lane", "id" LIMIT 1)
      RETURNING "id" AS "runId", "token", "kind", "payload", "undoOfId"`;
    await db.$requireOwnSchema(tx);
    return rows[0] ?? null;
  });
}

/**
 * Takes the next open chunk, interactive lane first, oldest run first, or null; its run becomes "running". A chunk whose
 * open items are all parked is left until one is due, and then comes first. Where a clock that was ahead parked them, they are
 * due at once: no one knows for how long they should have waited.
 * What is at work is counted from the leases, of which there are few: from a kind's runs on, every chunk that it ever had.
 * @throws DatabaseNotReady when another version has migrated the database
 */
export async function claimChunk(db: Db, scope: ClaimScope): Promise<ClaimedChunk | null> {
  const now = scope.now.getTime();
  const kinds = Object.entries(scope.chunkConcurrency).map(([kind, chunks]) => ({ kind, chunks }));
  return db.$write(async (tx) => {
    await setBackLeases(tx, now + LEASE_MS);
    const rows = await tx.$queryRaw<(ClaimedChunk & { isParkedAhead: number | bigint })[]>`
      UPDATE "JobChunk"
         SET "worker" = ${scope.worker}, "token" = "token" + 1, "leaseUntil" = ${now + LEASE_MS},
             "deaths" = "deaths" + ("leaseUntil" IS NOT NULL), "startedAt" = coalesce("startedAt", ${now}),
             "waitingFor" = NULL
       WHERE ("runId", "seq") = (
         SELECT c."runId", c."seq"
           FROM "JobRun" r
           JOIN ${rowsFrom(kinds, { kind: "text", chunks: "integer" })} k ON k."kind" = r."kind"
          CROSS JOIN "JobChunk" c ON c."runId" = r."id"
          WHERE r."status" IN ('pending', 'running')
            AND r."lane" IN ${valuesOf(scope.lanes)}
            AND (${scope.onlyRunId ?? null} IS NULL OR r."id" = ${scope.onlyRunId ?? null})
            AND c."status" = 'open' AND (c."dueAt" <= ${now} OR c."parkedAt" > ${now})
            AND (c."leaseUntil" IS NULL OR c."leaseUntil" < ${now})
            AND k."chunks" > (
              SELECT count(*) FROM "JobChunk" l CROSS JOIN "JobRun" lr ON lr."id" = l."runId"
               WHERE l."leaseUntil" >= ${now} AND lr."kind" = r."kind" AND lr."status" IN ${valuesOf(underWay)})
          ORDER BY r."lane", r."id", c."dueAt" = 0, c."dueAt", c."seq" LIMIT 1)
      RETURNING "runId", "seq", "firstSeq", "lastSeq", "token", "deaths", coalesce("parkedAt" > ${now}, 0) AS "isParkedAhead"`;
    await db.$requireOwnSchema(tx);
    const [row] = rows;
    if (!row) return null;
    const { isParkedAhead, ...chunk } = row;
    if (Number(isParkedAhead) > 0) await takeUpParked(tx, chunk);
    await tx.$executeRaw`
      UPDATE "JobRun" SET "status" = 'running', "startedAt" = coalesce("startedAt", ${now})
       WHERE "id" = ${chunk.runId} AND "status" = 'pending'`;
    return chunk;
  });
}

/**
 * Prolongs a chunk's lease.
 * @throws LeaseLost when another worker has taken it over
 */
export async function holdChunk(db: Pick<Tx, "$executeRaw">, chunk: ClaimedChunk, now: Date): Promise<void> {
  const held = await db.$executeRaw`
    UPDATE "JobChunk" SET "leaseUntil" = ${now.getTime() + LEASE_MS}
     WHERE "runId" = ${chunk.runId} AND "seq" = ${chunk.seq} AND "token" = ${chunk.token} AND "status" = 'open'`;
  if (held !== 1) throw new LeaseLost(`Chunk ${chunk.seq} of run ${chunk.runId} was taken over`);
}

/** "lost": another worker has taken the chunk over; "unwanted": its run was paused or has ended. */
export async function lookAtChunk(db: Db, chunk: ClaimedChunk): Promise<"held" | "unwanted" | "lost"> {
  const rows = await db.$queryRaw<{ status: string }[]>`
    SELECT r."status" FROM "JobChunk" c JOIN "JobRun" r ON r."id" = c."runId"
     WHERE c."runId" = ${chunk.runId} AND c."seq" = ${chunk.seq} AND c."token" = ${chunk.token}`;
  const status = rows[0]?.status;
  if (status === undefined) return "lost";
  return status === "pending" || status === "running" ? "held" : "unwanted";
}

/** When the first item of a run is due whose open items are all parked; null when there is something to do before. */
export async function nextDue(db: Db, runId: number): Promise<Date | null> {
  const { _min } = await db.jobChunk.aggregate({ where: { runId, status: "open" }, _min: { dueAt: true } });
  return _min.dueAt !== null && _min.dueAt.getTime() > 0 ? _min.dueAt : null;
}

/** Gives a chunk back at once, so that another worker need not wait for its lease to run out. */
export async function releaseChunk(db: Db, chunk: ClaimedChunk): Promise<void> {
  await db.$executeRaw`
    UPDATE "JobChunk" SET "leaseUntil" = NULL
     WHERE "runId" = ${chunk.runId} AND "seq" = ${chunk.seq} AND "token" = ${chunk.token}`;
}

const heldOnce = z.tuple([z.object({ seqs: jsonColumn(z.array(z.number())) })]);

const LOOK_AGAIN_MS = 250;

/**
 * Waits until nobody works on a run that has ended: items in flight when it was cancelled end and are recorded, or their
 * worker's lease runs out.
 */
export async function waitUntilLetGo(
  { db, clock }: { db: Db; clock: Clock },
  runId: number,
  signal: AbortSignal,
): Promise<void> {
  while ((await fenceEndedRun(db, runId, clock.now())) > 0) await sleep(LOOK_AGAIN_MS, undefined, { signal });
}

/**
 * Takes the open chunks of a run that has ended from workers that died or stand still: whatever they still write, or want
 * to `hold`, is refused. Of a chunk that no worker ever had, no one has the token.
 * @returns how many chunks a worker still has in hand
 */
async function fenceEndedRun(db: Db, runId: number, now: Date): Promise<number> {
  const left = sql`"runId" = ${runId} AND "status" = 'open' AND ("leaseUntil" IS NULL OR "leaseUntil" < ${now.getTime()})`;
  const seqs = await db.$queryRaw`
    SELECT ${jsonList(sql`"seq"`)} AS "seqs" FROM "JobChunk" WHERE ${left} AND "worker" IS NOT NULL`;
  await writeListInPieces(
    db,
    heldOnce.parse(seqs)[0].seqs,
    (tx, some) => tx.$executeRaw`
      UPDATE "JobChunk" SET "token" = "token" + 1, "leaseUntil" = NULL WHERE ${left} AND "seq" IN ${valuesOf(some)}`,
  );
  return db.jobChunk.count({ where: { runId, status: "open", leaseUntil: { not: null } } });
}

/** Prolongs the lease of a planning; false when it was taken over or the run was cancelled. */
export async function renewPlanning(
  db: Pick<Tx, "$executeRaw">,
  { runId, token }: ClaimedPlanning,
  now: Date,
): Promise<boolean> {
  const renewed = await db.$executeRaw`
    UPDATE "JobRun" SET "leaseUntil" = ${now.getTime() + LEASE_MS}
     WHERE "id" = ${runId} AND "token" = ${token} AND "status" = 'planning'`;
  return renewed === 1;
}

/** Gives a planning back; the next worker starts it again. */
export async function releasePlanning(db: Db, { runId, token }: ClaimedPlanning): Promise<void> {
  await db.$executeRaw`
    UPDATE "JobRun" SET "leaseUntil" = NULL WHERE "id" = ${runId} AND "token" = ${token} AND "status" = 'planning'`;
}
