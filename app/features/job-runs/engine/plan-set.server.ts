import type { Hash } from "node:crypto";
import type { ItemRange, RunContext, SetHandler } from "~/features/job-runs/kinds/handler";
import { type PlanSummary, planSummary } from "~/features/job-runs/kinds/plan-summary";
import { jsonColumn } from "~/features/json-column";
import { createPace } from "~/features/pace";
import type { Ports } from "~/ports/index.server";
import type { Sql } from "~/ports/sql.server";
import { type ClaimedPlanning, waitUntilLetGo } from "./ledger/claim.sql.server";
import { appendSelected, itemsToUndo, readPlanText } from "./ledger/plan-set.sql.server";

const CONFLICTS_SHOWN = 20;

type Pages = AsyncGenerator<Sql, PlanSummary, ItemRange>;

/**
 * Freezes the items of a set-based run, which the database copies from its own rows, in writes that are sized by what the
 * last ones took. `hash` takes in the ledger as it was written.
 * @throws LeaseLost when the planning was taken over or cancelled
 */
export async function planSet(
  ports: Ports,
  handler: SetHandler<unknown>,
  planning: ClaimedPlanning,
  { context, hash }: { context: RunContext<unknown>; hash: Hash },
): Promise<{ planned: number; summary: PlanSummary }> {
  const { db, clock } = ports;
  const { runId, undoOfId } = planning;
  const pace = createPace();
  const pages =
    undoOfId === null
      ? handler.planSet(ports, context, pace.size)
      : planSetUndo(ports, handler, undoOfId, context, pace.size);
  let planned = 0;
  let range: ItemRange = { runId, firstSeq: 0, lastSeq: -1 };
  for (;;) {
    const page = await pages.next(range);
    context.signal.throwIfAborted();
    if (page.done) return { planned, summary: page.value };
    const { items, ms } = await appendSelected(db, planning, { firstSeq: planned, rows: page.value, now: clock.now() });
    pace.took(items, ms);
    range = { runId, firstSeq: planned, lastSeq: planned + items - 1 };
    if (items > 0) hash.update(`${await readPlanText(db, range)}\n`);
    planned += items;
  }
}

/**
 * The items of a set-based undo: what succeeded, as it became and as it was, with those that something changed since
 * counted as conflicts.
 */
async function* planSetUndo(
  ports: Ports,
  { undo }: SetHandler<unknown>,
  undoOfId: number,
  context: RunContext<unknown>,
  size: () => number,
): Pages {
  if (!undo) throw new Error(`Run ${undoOfId} is of a kind that cannot be undone.`);
  await waitUntilLetGo(ports, undoOfId, context.signal);
  const { planned, ...run } = await ports.db.jobRun.findUniqueOrThrow({
    where: { id: undoOfId },
    select: { planned: true, summary: true },
  });
  const itsStretches = jsonColumn(planSummary).nullable().parse(run.summary)?.stretches;
  const stretches: number[] = [];
  const conflicts = { count: 0, sample: [] as string[] };
  let items = 0;
  for (let firstSeq = 0; firstSeq < planned; ) {
    if (itsStretches?.includes(firstSeq)) stretches.push(items);
    const end = itsStretches?.find((first) => first > firstSeq) ?? planned;
    const lastSeq = Math.min(firstSeq + size(), end) - 1;
    const range = yield await itemsToUndo(ports.db, { runId: undoOfId, firstSeq, lastSeq }, undo.target);
    firstSeq = lastSeq + 1;
    if (range.lastSeq < range.firstSeq) continue;
    items += range.lastSeq - range.firstSeq + 1;
    const sample = CONFLICTS_SHOWN - conflicts.sample.length;
    const found = await undo.findConflicts(ports, range, { ...context, sample });
    conflicts.count += found.count;
    conflicts.sample.push(...found.sample);
  }
  return {
    ...(conflicts.count > 0 && { conflicts }),
    putsBack: { runId: undoOfId, items: items - conflicts.count, of: items },
    ...(itsStretches && { stretches }),
  };
}
