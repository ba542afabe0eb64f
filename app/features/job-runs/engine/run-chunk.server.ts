import { insertRun } from "~/features/job-runs/commands/start-run.server";
import { type ItemRange, isSetBased, type RunContext } from "~/features/job-runs/kinds/handler";
import type { Job } from "~/features/job-runs/kinds/job";
import { planSummary } from "~/features/job-runs/kinds/plan-summary";
import { jsonColumn } from "~/features/json-column";
import { describeError, isDatabaseUnavailable } from "~/features/known-error";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { applyItems, type ChunkSignals } from "./apply-items.server";
import { applySet } from "./apply-set.server";
import { type ClaimedChunk, releaseChunk } from "./ledger/claim.sql.server";
import { LeaseLost } from "./ledger/lease-lost";
import { failRun } from "./ledger/ledger.sql.server";
import { logOfRun } from "./log-of-run";

/**
 * Does the open items of a chunk that this worker has claimed, and records each outcome. What no item can answer for (a
 * payload that this version of the code does not understand, a set-based statement that fails) ends the run as failed.
 * @throws DatabaseUnavailable: nothing is lost, the chunk is done again later
 */
export async function runChunk(given: Ports, job: Job, chunk: ClaimedChunk, signals: ChunkSignals): Promise<void> {
  const ports = logOfRun(given, chunk);
  const { db, clock, log } = ports;
  try {
    await work(ports, job, chunk, signals);
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    if (error instanceof LeaseLost) return log.warn(error.message);
    log.error({ err: error }, "the run cannot go on");
    await failRun(db, chunk, { ...describeError(error), now: clock.now() });
  } finally {
    // A database that is away takes no release either; the lease then runs out.
    await releaseChunk(db, chunk).catch((error: unknown) => log.warn({ err: error }, "a lease could not be returned"));
  }
}

async function work(ports: Ports, job: Job, chunk: ClaimedChunk, signals: ChunkSignals): Promise<void> {
  const run = await ports.db.jobRun.findUniqueOrThrow({
    where: { id: chunk.runId },
    select: { payload: true, summary: true, undoOfId: true, actor: true, actorName: true },
  });
  const payload = jsonColumn(job.definition.payload).parse(run.payload);
  const context: RunContext<unknown> = { runId: chunk.runId, payload, signal: signals.stop };
  // A plan that needs consent is applied with it or not at all.
  const hasConsent = jsonColumn(planSummary).nullable().parse(run.summary)?.needsConsent !== undefined;
  const isUndo = run.undoOfId !== null;
  const { clock } = ports;
  const next = job.definition.followUp?.(payload);
  const actor = { id: run.actor, name: run.actorName };
  const whenRunEnds = async (tx: Tx) =>
    next && insertRun(tx, clock, next.definition, { payload: next.payload, actor, autoApply: true });
  const { definition, handler } = job;
  if (isSetBased(handler)) {
    const work = (tx: Tx, range: ItemRange) => {
      const set = isUndo ? handler.undo?.undoChunk : handler.applyChunk;
      if (!set) throw new Error(`The kind ${definition.kind} cannot be undone.`);
      return set(tx, range, { ...context, actor: run.actor, at: clock.now() });
    };
    return applySet(ports, chunk, { signals, work, whenRunEnds });
  }
  const apply = isUndo && handler.undo ? handler.undo.restore : handler.apply;
  await applyItems(ports, { definition, apply }, chunk, context, { signals, hasConsent, whenRunEnds });
}
