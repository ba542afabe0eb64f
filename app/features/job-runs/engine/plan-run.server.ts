import { createHash, type Hash } from "node:crypto";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import { type ItemHandler, isSetBased, type PlannedItem, type RunContext } from "~/features/job-runs/kinds/handler";
import type { Job } from "~/features/job-runs/kinds/job";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { jsonColumn } from "~/features/json-column";
import { describeError, isDatabaseUnavailable, isKnownError } from "~/features/known-error";
import type { Ports } from "~/ports/index.server";
import { type ClaimedPlanning, releasePlanning } from "./ledger/claim.sql.server";
import { LeaseLost } from "./ledger/lease-lost";
import { appendItems, clearItems, failPlanning, finishPlanning } from "./ledger/planning.sql.server";
import { logOfRun } from "./log-of-run";
import { planSet } from "./plan-set.server";
import { planUndo } from "./plan-undo.server";

/** A plan that no one applies is stale after a day. */
const PLAN_EXPIRES_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Plans a run that this worker has claimed: freezes its items in pages and ends as "planned" (or "pending" with
 * autoApply). A planning that was interrupted begins again; one that throws leaves the run "failed" with its sentence.
 * When `signal` aborts, the planning is given back.
 * @throws DatabaseUnavailable: it begins again once its lease has run out
 */
export async function planRun(given: Ports, job: Job, planning: ClaimedPlanning, signal: AbortSignal): Promise<void> {
  const ports = logOfRun(given, { runId: planning.runId });
  const { db, clock, log } = ports;
  try {
    const payload = jsonColumn(job.definition.payload).parse(planning.payload);
    await clearItems(db, planning, clock.now);
    const hash = createHash("sha256").update(`${planning.kind}\n${planning.payload}\n`);
    const context = { runId: planning.runId, payload, signal };
    const { definition, handler } = job;
    const plan = isSetBased(handler)
      ? await planSet(ports, handler, planning, { context, hash })
      : await planItems(ports, { definition, handler }, planning, { context, hash });
    await finishPlanning(db, planning, {
      ...plan,
      chunkSize: definition.chunkSize,
      isSetBased: isSetBased(handler),
      planHash: hash.digest("hex"),
      expiresAt: new Date(clock.now().getTime() + PLAN_EXPIRES_AFTER_MS),
      now: clock.now(),
      guard: definition.guard,
    });
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (isDatabaseUnavailable(error)) throw error;
    if (signal.aborted) return releasePlanning(db, planning);
    const failure = describeError(error);
    // A refusal is an answer, not a fault of ours: its sentence is all there is to know.
    if (isKnownError(error, "DomainError")) log.warn(failure, "the plan was refused");
    else log.error({ err: error }, "planning failed");
    await failPlanning(db, planning, { ...failure, now: clock.now() });
  }
}

type ItemKind = { definition: JobDefinition; handler: ItemHandler<unknown> };

/** Freezes items as the handler yields them. */
async function planItems(
  ports: Ports,
  kind: ItemKind,
  planning: ClaimedPlanning,
  { context, hash }: { context: RunContext<unknown>; hash: Hash },
): Promise<{ planned: number; summary: PlanSummary }> {
  const pages = planPages(ports, kind, planning, context);
  let planned = 0;
  for (;;) {
    const page = await pages.next();
    context.signal.throwIfAborted();
    if (page.done) return { planned, summary: page.value };
    await appendItems(ports.db, planning, { firstSeq: planned, items: page.value, now: ports.clock.now() });
    for (const item of page.value) hash.update(`${canonical(item)}\n`);
    planned += page.value.length;
  }
}

function planPages(
  ports: Ports,
  { definition, handler }: ItemKind,
  planning: ClaimedPlanning,
  context: RunContext<unknown>,
) {
  if (planning.undoOfId === null) return handler.plan(ports, context);
  if (!handler.undo) throw new Error(`The kind ${definition.kind} says that it can be undone, but its handler cannot.`);
  return planUndo(ports, handler.undo, planning.undoOfId, context);
}

const canonical = ({ subject, label, before, target, etag }: PlannedItem) =>
  JSON.stringify([subject, label, before, target, etag]);
