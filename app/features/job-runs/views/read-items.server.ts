import type { Db, Prisma } from "~/ports/db.server";

export type RunItem = Prisma.JobItemGetPayload<object>;

const PAGE_SIZE = 100;

export type ItemFilter = { runId: number; outcome?: string | undefined; errorClass?: string | undefined };

/**
 * A run's items in plan order, 100 a page (from 1); `outcome: "open"` means those not done yet. A million items answer
 * as fast as a hundred: totals come from the tallies, and pages from an index in the order of `seq`.
 */
export async function readItems(
  { db }: { db: Db },
  { page = 1, ...filter }: ItemFilter & { page?: number | undefined },
): Promise<{ items: RunItem[]; total: number; pageSize: number }> {
  const first = (page - 1) * PAGE_SIZE;
  const isUnfiltered = filter.outcome === undefined && filter.errorClass === undefined;
  const where: Prisma.JobItemWhereInput = {
    ...toWhere(filter),
    // `seq` has no gaps, so an unfiltered page is a range.
    ...(isUnfiltered && { seq: { gte: first, lt: first + PAGE_SIZE } }),
  };
  const [items, total] = await Promise.all([
    db.jobItem.findMany({ where, orderBy: { seq: "asc" }, take: PAGE_SIZE, ...(!isUnfiltered && { skip: first }) }),
    countItems(db, filter),
  ]);
  return { items, total, pageSize: PAGE_SIZE };
}

/** Every item that the filter keeps, in plan order, in pages: for an export. */
export async function* readAllItems({ db }: { db: Db }, filter: ItemFilter): AsyncGenerator<RunItem[]> {
  for (let afterSeq = -1; ; ) {
    const page = await db.jobItem.findMany({
      where: { ...toWhere(filter), seq: { gt: afterSeq } },
      orderBy: { seq: "asc" },
      take: 1_000,
    });
    const last = page.at(-1);
    if (!last) return;
    afterSeq = last.seq;
    yield page;
  }
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
