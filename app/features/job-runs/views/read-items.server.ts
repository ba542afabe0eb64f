import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db, Prisma } from "~/ports/db.server";
import { type ChunkOutcome, withOutcome } from "./item-outcome";
import { findItemsByOutcome, findPageStart, saidByChunks } from "./page-start.sql.server";

export type RunItem = Prisma.JobItemGetPayload<object>;

const PAGE_SIZE = 100;
/** Prisma binds each `seq` of a page by itself, 999 at most. */
const EXPORT_PAGE = 500;

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
  const start = await findStart(db, filter, before);
  return start ? readFrom(db, filter, { from: start.seq, skip: start.skip, limit: PAGE_SIZE }) : [];
}

/** Items of the filter from a `seq` on, each with the outcome that counts. */
async function readFrom(
  db: Db,
  filter: ItemFilter,
  { from, skip, limit }: { from: number; skip: number; limit: number },
): Promise<RunItem[]> {
  const { runId, outcome, errorClass } = filter;
  const said = errorClass === undefined ? saidByChunks.find((name) => name === outcome) : undefined;
  const rows = said
    ? await db.jobItem.findMany({
        where: { runId, seq: { in: await findItemsByOutcome(db, { runId, outcome: said, from, skip, limit }) } },
        orderBy: { seq: "asc" },
      })
    : await db.jobItem.findMany({
        where: { ...toWhere(filter), seq: { gte: from } },
        orderBy: { seq: "asc" },
        take: limit,
        skip,
      });
  const chunks = await readChunkOutcomes(db, runId, rows);
  return rows.map((row) => withOutcome(row, chunks));
}

/** What the chunks of these items say of them, where the items themselves do not. */
async function readChunkOutcomes(db: Db, runId: number, rows: RunItem[]): Promise<ChunkOutcome[]> {
  const silent = rows.filter(({ outcome }) => outcome === null);
  const [first, last] = [silent[0], silent.at(-1)];
  if (!first || !last) return [];
  return db.jobChunk.findMany({
    where: { runId, outcome: { not: null }, lastSeq: { gte: first.seq }, firstSeq: { lte: last.seq } },
    select: { firstSeq: true, lastSeq: true, outcome: true, finishedAt: true },
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
    readFrom(db, filter, { from: (last?.seq ?? -1) + 1, skip: 0, limit: EXPORT_PAGE }),
  );
}

/** Outcomes that are always an item's own, and all items. */
function toWhere({ runId, outcome, errorClass }: ItemFilter): Prisma.JobItemWhereInput {
  if (outcome === undefined && errorClass === undefined) return { runId };
  if (errorClass !== undefined) return { runId, outcome: "failed", errorClass };
  // Only failed items have a class; saying so lets the index give the others in order.
  return outcome === "failed" ? { runId, outcome } : { runId, outcome: outcome ?? null, errorClass: null };
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
