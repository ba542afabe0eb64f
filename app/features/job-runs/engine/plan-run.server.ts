import { createHash } from "node:crypto";
import type { PlannedItem, RunContext } from "~/features/job-runs/kinds/handler";
import type { Job } from "~/features/job-runs/kinds/job";
import { jsonColumn } from "~/features/json-column";
import { describeError, isDatabaseUnavailable, isKnownError } from "~/features/known-error";
import type { Ports } from "~/ports/index.server";
import { type ClaimedPlanning, releasePlanning } from "./claim.sql.server";
import { LeaseLost } from "./lease-lost";
import { planUndo } from "./plan-undo.server";
import { appendItems, clearItems, failPlanning, finishPlanning } from "./planning.sql.server";

/** A plan that no one applies is stale after a day. */
const PLAN_EXPIRES_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Plans a run that this worker has claimed: freezes its items in pages and ends as "planned" (or "pending" with
 * autoApply). A planning that was interrupted begins again; one that throws leaves the run "failed" with its sentence.
 * When `signal` aborts, the planning is given back.
 * @throws DatabaseUnavailable: it begins again once its lease has run out
 */
export async function planRun(ports: Ports, job: Job, planning: ClaimedPlanning, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = ports;
  try {
    const payload = jsonColumn(job.definition.payload).parse(planning.payload);
    await clearItems(db, planning);
    const hash = createHash("sha256").update(`${planning.kind}\n${planning.payload}\n`);
    const pages = planPages(ports, job, planning, { runId: planning.runId, payload, signal });
    let planned = 0;
    for (;;) {
      const page = await pages.next();
      signal.throwIfAborted();
      if (page.done) {
        await finishPlanning(db, planning, {
          planned,
          chunkSize: job.definition.chunkSize,
          planHash: hash.digest("hex"),
          summary: page.value,
          expiresAt: new Date(clock.now().getTime() + PLAN_EXPIRES_AFTER_MS),
          now: clock.now(),
          guard: job.definition.guard,
        });
        return;
      }
      await appendItems(db, planning, { firstSeq: planned, items: page.value, now: clock.now() });
      for (const item of page.value) hash.update(`${canonical(item)}\n`);
      planned += page.value.length;
    }
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (isDatabaseUnavailable(error)) throw error;
    if (signal.aborted) return releasePlanning(db, planning);
    const failure = describeError(error);
    // A refusal is an answer, not a fault of ours: its sentence is all there is to know.
    if (isKnownError(error, "DomainError")) log.warn({ runId: planning.runId, ...failure }, "the plan was refused");
    else log.error({ err: error, runId: planning.runId }, "planning failed");
    await failPlanning(db, planning, { ...failure, now: clock.now() });
  }
}

function planPages(
  ports: Ports,
  { definition, handler }: Job,
  planning: ClaimedPlanning,
  context: RunContext<unknown>,
) {
  if (planning.undoOfId === null) return handler.plan(ports, context);
  if (!handler.undo) throw new Error(`The kind ${definition.kind} says that it can be undone, but its handler cannot.`);
  return planUndo(ports, handler.undo, planning.undoOfId, context);
}

const canonical = ({ subject, label, before, target, etag }: PlannedItem) =>
  JSON.stringify([subject, label, before, target, etag]);
