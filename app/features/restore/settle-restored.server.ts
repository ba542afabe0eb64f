import { raiseAlert } from "~/features/alerts/raise-alert.server";
import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { exactTime, plural } from "~/features/format";
import { allowedFrom } from "~/features/job-runs/allowed";
import { recordRunEvent } from "~/features/job-runs/run-events";
import type { RunStatus } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma, Tx } from "~/ports/db.server";
import { RESTORED } from "./restore-alert";

type SettledRun = { id: number; title: string; kind: string };

export type Settled = {
  /** The newest thing that it knows of: it is as of that time, or a little later. Null: nothing was ever done in it. */
  asOf: Date | null;
  paused: SettledRun[];
  cancelled: SettledRun[];
  /** Browsers that were signed in. */
  sessions: number;
};

const pauseReason =
  "The database was restored from a backup, and the bucket may have changed since. Index images first, look at what this run has done and has left, then resume or cancel it.";
const madeItReason = "This run made the backup that the database was restored from.";
const cancelReason = "The database was restored from a backup. What was planned then may fit no longer: plan it again.";

/**
 * Makes a database of an earlier moment fit to be worked with, before any process opens it: runs under way are paused, plans are
 * canceled, leases end, everyone is signed out, and an alert holds the schedules until someone has looked.
 * @param madeBy the run that made the backup, and is under way in it for ever
 */
export async function settleRestored(
  deps: { db: Db; clock: Clock },
  actor: Actor,
  madeBy: number | null = null,
): Promise<Settled> {
  const now = deps.clock.now();
  const asOf = await findNewest(deps.db);
  return deps.db.$write(async (tx) => {
    const { count: sessions } = await tx.session.deleteMany();
    await tx.jobChunk.updateMany({ where: { leaseUntil: { not: null } }, data: { leaseUntil: null } });
    const end = (verb: "pause" | "cancel", from: readonly RunStatus[], data: Prisma.JobRunUpdateInput) =>
      endEach(tx, { verb, from, data, now, actor });
    if (madeBy !== null) await endMaker(tx, madeBy, { now, actor });
    const paused = await end("pause", allowedFrom.pause, { status: "paused", pauseReason });
    const cancelled = await end("cancel", ["planning", "planned"], {
      status: "cancelled",
      finishedAt: now,
      leaseUntil: null,
    });
    await tellOfIt(tx, { asOf, sessions, paused, cancelled }, { now, actor });
    return { asOf, paused, cancelled, sessions };
  });
}

/** A worker notes the time once a minute; what is done is in the audit log. */
async function findNewest(db: Db): Promise<Date | null> {
  const [mark, event] = await Promise.all([
    db.clockMark.findFirst({ orderBy: { at: "desc" } }),
    db.auditEvent.findFirst({ orderBy: { id: "desc" }, select: { at: true } }),
  ]);
  const times = [mark, event].flatMap((row) => (row ? [row.at.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

type Ending = {
  verb: "pause" | "cancel";
  from: readonly RunStatus[];
  data: Prisma.JobRunUpdateInput;
  now: Date;
  actor: Actor;
};

async function endEach(tx: Tx, { verb, from, data, now, actor }: Ending): Promise<SettledRun[]> {
  const runs = await tx.jobRun.findMany({
    where: { status: { in: [...from] } },
    select: { id: true, title: true, kind: true },
    orderBy: { id: "asc" },
  });
  const detail = { reason: verb === "pause" ? pauseReason : cancelReason };
  for (const { id, title } of runs) {
    await tx.jobRun.update({ where: { id }, data });
    await recordRunEvent(tx, { at: now, actor, runId: id, title, verb, detail });
  }
  return runs;
}

async function endMaker(tx: Tx, runId: number, { now, actor }: Pick<Ending, "now" | "actor">): Promise<void> {
  const run = await tx.jobRun.findFirst({ where: { id: runId, status: { in: [...allowedFrom.cancel] } } });
  if (run === null) return;
  await tx.jobRun.update({ where: { id: runId }, data: { status: "cancelled", finishedAt: now, leaseUntil: null } });
  const detail = { reason: madeItReason };
  await recordRunEvent(tx, { at: now, actor, runId, title: run.title, verb: "cancel", detail });
}

async function tellOfIt(
  tx: Tx,
  { asOf, sessions, paused, cancelled }: Settled,
  { now, actor }: { now: Date; actor: Actor },
): Promise<void> {
  const from = asOf ? `a backup of ${exactTime(asOf)}` : "a backup";
  await recordEvent(tx, {
    at: now,
    actor,
    action: "database.restore",
    subject: "database",
    sentence: `Restored the database from ${from}: paused ${plural(paused.length, "run")}, canceled ${plural(cancelled.length, "plan")}, signed out ${plural(sessions, "browser")}`,
  });
  await raiseAlert(tx, {
    cause: RESTORED,
    kind: "restored",
    severity: "warning",
    root: "Database",
    sentence: `The database was restored from ${from}. What was done here since then is lost, and the bucket may have changed. Index images, then look at the paused runs and at Operators. Until someone acknowledges this, no schedule starts a run.`,
    at: now,
  });
}
