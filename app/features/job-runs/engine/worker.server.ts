import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { endOnOtherSchema } from "~/features/end-on-other-schema.server";
import type { Job, Jobs } from "~/features/job-runs/kinds/job";
import { isFinished } from "~/features/job-runs/status";
import { isDatabaseUnavailable } from "~/features/known-error";
import type { Ports } from "~/ports/index.server";
import {
  type ClaimedPlanning,
  type ClaimScope,
  claimChunk,
  claimPlanning,
  holdChunk,
  lookAtChunk,
  nextDue,
  renewPlanning,
} from "./ledger/claim.sql.server";
import { LeaseLost } from "./ledger/lease-lost";
import { planRun } from "./plan-run.server";
import { runChunk } from "./run-chunk.server";

/** An idle worker looks for work this often: with two loops, applied work begins well within a second. */
const IDLE_MS = 250;
/** A step that goes on failing (no database, say) is tried at least this often, and the log stays readable. */
const FAILING_AT_MOST_MS = 30_000;
const WATCH_MS = 1_000;
/** Heartbeat: every fifth look at whether the work is still wanted also prolongs the lease. */
const WATCHES_A_HEARTBEAT = 5;
/** A script stays for parked items that are due within this time; for others a worker is the better place to wait. */
const STAYS_FOR_PARKED_MS = 60_000;
/** Items in flight get this long to end when process or run are told to stop; the process must be gone within 10 s. */
const DRAIN_MS = 7_000;

const allLanes = [0, 1];
const interactiveOnly = [0];

/**
 * Plans and carries out runs until `signal` aborts, then lets items in flight end, gives its leases back and returns.
 * One loop plans, one serves the interactive lane alone (so that bulk work never keeps a person waiting), and the
 * others serve both. Several processes may run at once.
 * @throws DatabaseNotReady, after the same, once another version has migrated the database
 */
export async function runWorker(ports: Ports, jobs: Jobs, signal: AbortSignal): Promise<void> {
  const refused = new AbortController();
  let refusal: unknown = null;
  const signals = stopSignals(AbortSignal.any([signal, refused.signal]));
  const scope = { worker: workerName(), chunkConcurrency: chunkConcurrency(jobs) };
  ports.log.info({ worker: scope.worker, kinds: [...jobs.keys()] }, "worker started");
  const loop = (step: () => Promise<boolean>) =>
    repeat(ports, step, signals.drain).catch((error: unknown) => {
      refusal = error;
      refused.abort();
    });
  const now = () => ({ ...scope, now: ports.clock.now() });
  await Promise.all([
    loop(() => planNext(ports, jobs, { ...now(), lanes: allLanes }, signals)),
    loop(() => workNext(ports, jobs, { ...now(), lanes: interactiveOnly }, signals)),
    loop(() => workNext(ports, jobs, { ...now(), lanes: allLanes }, signals)),
    loop(() => workNext(ports, jobs, { ...now(), lanes: allLanes }, signals)),
  ]);
  ports.log.info({ worker: scope.worker }, "worker stopped, its leases returned");
  if (refusal !== null) throw refusal;
}

/**
 * Carries out one run in this process, beside whatever workers there are, until it is finished, paused or (without
 * autoApply) planned, until all that is open is parked for longer than a minute, or `signal` aborts. A script does its work so.
 */
export async function workOnRun(ports: Ports, job: Job, runId: number, signal: AbortSignal): Promise<void> {
  const jobs: Jobs = new Map([[job.definition.kind, job]]);
  const signals = stopSignals(signal);
  const scope = { worker: workerName(), chunkConcurrency: chunkConcurrency(jobs), onlyRunId: runId, lanes: allLanes };
  const now = () => ({ ...scope, now: ports.clock.now() });
  const ended = new AbortController();
  let failure: unknown;
  const step = async () => {
    const { status } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { status: true } });
    if (isFinished(status) || status === "planned" || status === "paused") ended.abort();
    if (ended.signal.aborted) return false;
    if ((await planNext(ports, jobs, now(), signals)) || (await workNext(ports, jobs, now(), signals))) return true;
    const due = await nextDue(ports.db, runId);
    if (due && due.getTime() > ports.clock.now().getTime() + STAYS_FOR_PARKED_MS) ended.abort();
    return false;
  };
  const careful = () =>
    step().catch((error: unknown) => {
      if (isDatabaseUnavailable(error)) throw error;
      failure = error;
      ended.abort();
      return false;
    });
  const loop = () => repeat(ports, careful, AbortSignal.any([signal, ended.signal]));
  await Promise.all([loop(), loop()]);
  if (failure) throw failure;
}

/**
 * Takes step after step until `signal` aborts; waits when there is nothing to do, and ever longer while steps fail.
 * @throws DatabaseNotReady when another version has migrated the database: no step is right any longer
 */
async function repeat({ db, log }: Ports, step: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let wait = IDLE_MS;
    try {
      if (await step()) wait = 0;
      failures = 0;
    } catch (error) {
      await endOnOtherSchema(db);
      failures += 1;
      wait = Math.min(IDLE_MS * 2 ** failures, FAILING_AT_MOST_MS);
      log.error({ err: error, againInMs: wait }, "worker step failed; going on");
    }
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {});
  }
}

type StopSignals = { drain: AbortSignal; stop: AbortSignal };

/** `drain` at once, `stop` when the time for items in flight is over. */
function stopSignals(drain: AbortSignal): StopSignals {
  setMaxListeners(0, drain);
  const stop = new AbortController();
  drain.addEventListener("abort", () => setTimeout(() => stop.abort(), DRAIN_MS).unref(), { once: true });
  return { drain, stop: stop.signal };
}

async function planNext(ports: Ports, jobs: Jobs, scope: ClaimScope, signals: StopSignals): Promise<boolean> {
  const planning = await claimPlanning(ports.db, scope);
  const job = planning && jobs.get(planning.kind);
  if (!job) return false;
  const look = async (beat: boolean) =>
    (await (beat ? renewPlanning(ports.db, planning, ports.clock.now()) : isPlanning(ports, planning)))
      ? "held"
      : "lost";
  // An interrupted planning begins again elsewhere, so there is nothing to wait for when the process must stop.
  const signal = signals.drain;
  await whileHeld(look, { drain: signal, stop: signal }, ({ stop }) => planRun(ports, job, planning, stop));
  return true;
}

async function workNext(ports: Ports, jobs: Jobs, scope: ClaimScope, signals: StopSignals): Promise<boolean> {
  const chunk = await claimChunk(ports.db, scope);
  if (!chunk) return false;
  const { kind } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: chunk.runId }, select: { kind: true } });
  const job = jobs.get(kind);
  if (!job) return false;
  const look = async (beat: boolean) => {
    if (beat) await holdChunk(ports.db, chunk, ports.clock.now());
    return lookAtChunk(ports.db, chunk);
  };
  await whileHeld(look, signals, (own) => runChunk(ports, job, chunk, own));
  return true;
}

async function isPlanning({ db }: Ports, { runId, token }: ClaimedPlanning): Promise<boolean> {
  return (await db.jobRun.count({ where: { id: runId, token, status: "planning" } })) === 1;
}

/**
 * Runs `work` under signals of its own: both abort with those of the process, `stop` also when another worker has taken
 * the work over. When no one wants it any longer (paused, cancelled), items in flight get the time to end and be
 * recorded: what was done outside of the database must be known to an undo.
 */
async function whileHeld(
  look: (heartbeat: boolean) => Promise<"held" | "unwanted" | "lost">,
  parent: StopSignals,
  work: (signals: StopSignals) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const unwanted = new AbortController();
  let watches = 0;
  let grace: NodeJS.Timeout | undefined;
  const timer = setInterval(() => {
    watches += 1;
    look(watches % WATCHES_A_HEARTBEAT === 0).then(
      (state) => {
        if (state === "lost") lost.abort();
        if (state !== "unwanted" || unwanted.signal.aborted) return;
        unwanted.abort();
        grace = setTimeout(() => lost.abort(), DRAIN_MS);
      },
      // A look that fails (a locked database, say) proves nothing: the token still guards every write.
      (error: unknown) => error instanceof LeaseLost && lost.abort(),
    );
  }, WATCH_MS);
  const stop = AbortSignal.any([parent.stop, lost.signal]);
  // One listener an item in flight, and a kind may have many.
  setMaxListeners(0, stop);
  try {
    await work({ drain: AbortSignal.any([parent.drain, unwanted.signal, lost.signal]), stop });
  } finally {
    clearInterval(timer);
    clearTimeout(grace);
  }
}

const workerName = () => `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

const chunkConcurrency = (jobs: Jobs) =>
  Object.fromEntries([...jobs].map(([kind, { definition }]) => [kind, definition.chunkConcurrency]));
