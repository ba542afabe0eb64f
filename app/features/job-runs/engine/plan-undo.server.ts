import type { OpenItem, PlannedItem, RunContext, Undo } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { parseJson } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Ports } from "~/ports/index.server";
import { waitUntilLetGo } from "./ledger/claim.sql.server";

const PAGE = 1_000;
const CONFLICTS_SHOWN = 20;

const succeeded = { outcome: "succeeded", errorClass: null, after: { not: null } } as const;

/**
 * The items of an undo: what a run's items left behind and what was there before, last item first, with those that
 * something changed since counted as conflicts.
 */
export async function* planUndo(
  ports: Ports,
  undo: Undo<unknown>,
  undoOfId: number,
  context: RunContext<unknown>,
): AsyncGenerator<PlannedItem[], PlanSummary> {
  const conflicts = { count: 0, sample: [] as string[] };
  let items = 0;
  const foresight = undo.foresee?.(ports, context);
  await waitUntilLetGo(ports, undoOfId, context.signal);
  const readPage = (last?: { seq: number }) =>
    ports.db.jobItem.findMany({
      where: { runId: undoOfId, ...(!undo.findLeft && succeeded), ...(last && { seq: { lt: last.seq } }) },
      orderBy: { seq: "desc" },
      take: PAGE,
    });
  for await (const rows of pagesByKey(PAGE, readPage)) {
    const range = { runId: undoOfId, firstSeq: rows.at(-1)?.seq ?? 0, lastSeq: rows[0]?.seq ?? 0 };
    const left = await undo.findLeft?.(ports, range);
    const page = rows.flatMap(({ seq, subject, label, etag, ...row }): OpenItem[] => {
      const before = row.outcome === "succeeded" ? parseJson(row.after) : (left?.get(seq) ?? null);
      return before === null ? [] : [{ seq, subject, label, etag, attempts: 0, before, target: parseJson(row.before) }];
    });
    const found = await undo.findConflicts(ports, page, context);
    foresight?.see(page.filter((_, at) => found[at] === null));
    for (const sentence of found) {
      if (sentence === null) continue;
      conflicts.count += 1;
      if (conflicts.sample.length < CONFLICTS_SHOWN) conflicts.sample.push(sentence);
    }
    items += page.length;
    yield page.map(toPlanned);
  }
  return {
    ...(await foresight?.tell()),
    ...(conflicts.count > 0 && { conflicts }),
    putsBack: { runId: undoOfId, items: items - conflicts.count, of: items },
  };
}

const toPlanned = ({ subject, label, etag, before, target }: OpenItem): PlannedItem => ({
  subject,
  before,
  target,
  ...(label !== null && { label }),
  ...(etag !== null && { etag }),
});
