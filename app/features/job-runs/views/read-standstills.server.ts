import type { Db } from "~/ports/db.server";
import type { RunView } from "./run-view";

/** What a run waits for: at the moment, and for longer. */
export type Standstill = Pick<RunView, "waiting" | "parked">;

/** What these unfinished runs wait for, by run; one that waits for nothing is not among them. */
export async function readStandstills(db: Db, runIds: number[], now: Date): Promise<Map<number, Standstill>> {
  if (runIds.length === 0) return new Map();
  const [leased, parked, due] = await Promise.all([
    // A note holds no longer than the lease of the worker that wrote it.
    db.jobChunk.findMany({
      where: { runId: { in: runIds }, status: "open", leaseUntil: { gte: now } },
      orderBy: { waitingSince: "desc" },
      select: { runId: true, waitingFor: true, waitingSince: true },
    }),
    db.jobChunk.groupBy({
      by: ["runId"],
      where: { runId: { in: runIds }, status: "open", parked: { gt: 0 } },
      _sum: { parked: true },
    }),
    db.jobChunk.groupBy({
      by: ["runId"],
      where: { runId: { in: runIds }, status: "open", parked: { gt: 0 }, dueAt: { gt: new Date(0) } },
      _min: { dueAt: true },
    }),
  ]);
  const standstills = new Map<number, Standstill>();
  const moving = new Set(leased.filter(({ waitingFor }) => waitingFor === null).map(({ runId }) => runId));
  for (const { runId, waitingFor, waitingSince } of leased) {
    // A run waits when all its chunks at work do. The longest wait comes last, and stands.
    const waiting = waitingFor && waitingSince ? { reason: waitingFor, since: waitingSince } : null;
    if (!moving.has(runId)) standstills.set(runId, { waiting, parked: null });
  }
  const dueAt = new Map(due.map(({ runId, _min }) => [runId, _min.dueAt]));
  for (const { runId, _sum } of parked) {
    standstills.set(runId, {
      waiting: standstills.get(runId)?.waiting ?? null,
      parked: {
        count: _sum.parked ?? 0,
        nextLookAt: dueAt.get(runId) ?? null,
        reason: await readParkReason(db, runId),
      },
    });
  }
  return standstills;
}

/** What the first parked item of a run waits for: looked up in its chunk, for a run may have a million items. */
async function readParkReason(db: Db, runId: number): Promise<string | null> {
  const chunk = await db.jobChunk.findFirst({
    where: { runId, status: "open", parked: { gt: 0 } },
    orderBy: { seq: "asc" },
    select: { firstSeq: true, lastSeq: true },
  });
  const item =
    chunk &&
    (await db.jobItem.findFirst({
      where: { runId, seq: { gte: chunk.firstSeq, lte: chunk.lastSeq }, outcome: null, parkedUntil: { not: null } },
      orderBy: { seq: "asc" },
      select: { reason: true },
    }));
  return item?.reason ?? null;
}
