import { pagesByKey } from "~/features/pages-by-key";
import type { Db, Prisma } from "~/ports/db.server";
import { findPageStart } from "./page-start.sql.server";

export type RunItem = Prisma.JobItemGetPayload<object>;

const PAGE_SIZE = 100;
const EXPORT_PAGE = 1_000;

export type ItemFilter = { runId: number; outcome?: string | undefined; errorClass?: string | undefined };

/**
 * A run's items in plan order, 100 a page (from 1); `outcome: "open"` means those not done yet. A million items answer
 * as fast as a hundred, at any depth: the tallies tell the total and where a page begins, and an index gives it in the
 * order of `seq`. Of one error class they tell nothing, so that the index is counted up to the page.
 */
export async function readItems(
  { db }: { db: Db },
  { page = 1, ...filter }: ItemFilter & { page?: number | undefined },
): Promise<{ items: RunItem[]; total: number; pageSize: number }> {
  const [items, total] = await Promise.all([readPage(db, filter, (page - 1) * PAGE_SIZE), countItems(db, filter)]);
  return { items, total, pageSize: PAGE_SIZE };
}

async function readPage(db: Db, filter: ItemFilter, before: number): Promise<RunItem[]> {
  const where = toWhere(filter);
  const start = await findStart(db, filter, before);
  if (!start) return [];
  return db.jobItem.findMany({
    where: { ...where, seq: { gte: start.seq } },
    orderBy: { seq: "asc" },
    take: PAGE_SIZE,
    skip: start.skip,
  });
}

/** From which `seq` on, but for how many, the items lie that have `before` others of the filter ahead of them. */
function findStart(db: Db, { runId, outcome, errorClass }: ItemFilter, before: number) {
  if (before === 0 || errorClass !== undefined) return { seq: 0, skip: before };
  // `seq` has no gaps, so that an unfiltered page begins where its number says.
  if (outcome === undefined) return { seq: before, skip: 0 };
  return findPageStart(db, { runId, outcome, before });
}

/** Every item that the filter keeps, in plan order, in pages: for an export. */
export function readAllItems({ db }: { db: Db }, filter: ItemFilter): AsyncGenerator<RunItem[]> {
  return pagesByKey(EXPORT_PAGE, (last) =>
    db.jobItem.findMany({
      where: { ...toWhere(filter), seq: { gt: last?.seq ?? -1 } },
      orderBy: { seq: "asc" },
      take: EXPORT_PAGE,
    }),
  );
}

function toWhere({ runId, outcome, errorClass }: ItemFilter): Prisma.JobItemWhereInput {
  if (outcome === undefined && errorClass === undefined) return { runId };
  if (errorClass !== undefined) return { runId, outcome: "failed", errorClass };
  // Only failed items have a class; saying so lets the index give the others in order.
  if (outcome === "failed") return { runId, outcome };
  return { runId, outcome: outcome === "open" ? null : (outcome ?? null), errorClass: null };
}

async function countItems(db: Db, { runId, outcome, errorClass }: ItemFilter): Promise<number> {
  if (errorClass !== undefined) return db.jobItem.count({ where: { runId, outcome: "failed", errorClass } });
  const [run, { _sum }] = await Promise.all([
    db.jobRun.findUnique({ where: { id: runId }, select: { planned: true } }),
    db.jobChunk.aggregate({ where: { runId }, _sum: { succeeded: true, failed: true, skipped: true } }),
  ]);
  const counts: Record<string, number> = {
    succeeded: _sum.succeeded ?? 0,
    failed: _sum.failed ?? 0,
    skipped: _sum.skipped ?? 0,
  };
  const planned = run?.planned ?? 0;
  if (outcome === undefined) return planned;
  if (outcome === "open") return planned - Object.values(counts).reduce((sum, count) => sum + count, 0);
  return counts[outcome] ?? 0;
}
