import { z } from "zod";
import { compareStrings } from "~/features/compare-strings";
import { groupBy } from "~/features/group-by";
import { jsonColumn } from "~/features/json-column";
import { stretchesOfProposals } from "~/features/labels/stretches.sql.server";
import type { Db } from "~/ports/db.server";
import { jsonArray, linesOf, type Sql, sql } from "~/ports/sql.server";
import {
  byImage,
  compared,
  isConflict,
  isOutdated,
  isOverThatRev,
  isSame,
  keptBy,
  type StatedByFolder,
} from "./compared.sql.server";
import { type Matrix, type MatrixCell, noCounts, type ReviewCounts } from "./matrix";
import type { ReviewFilter } from "./review-filter";

/** Proposals that one statement counts: some 20 ms in which the process can do nothing else. */
const STRETCH = 20_000;

/** What is true of a proposal, as the bits of one number. */
const bits = {
  ...{ isSame: 1, isConflict: 2, isOutdated: 4, isOverThatRev: 8 },
  ...{ isKept: 16, isAccepted: 32, isRejected: 64 },
};
type Flags = Record<keyof typeof bits, boolean>;

const sort = jsonColumn(z.tuple([z.string(), z.string().nullable(), z.string(), z.number()]));
const lines = z.tuple([z.object({ lines: z.string().nullable() })]);
type Row = Flags & { attribute: string; old: string | null; new: string; count: number };

/**
 * The old → new matrix of each attribute of a label run as a filter keeps it, and what the whole run comes to: counted in one
 * go, stretch after stretch of its images.
 * @param input.filter its cell (`attribute`, `old`, `new`) and `same` are left aside: the matrix shows all of them
 * @param input.attributes in which order the matrices come; attributes that no proposal is of are left out
 */
export async function readMatrix(
  { db }: { db: Db },
  input: {
    labelRunId: number;
    filter: ReviewFilter;
    stated: readonly StatedByFolder[];
    attributes: readonly string[];
  },
): Promise<{ matrices: Matrix[]; counts: ReviewCounts }> {
  const { labelRunId, stated } = input;
  const { attribute: _, old: _old, new: _new, ...others } = input.filter;
  const isKept = keptBy({ labelRunId, stated, filter: { ...others, same: "any" } });
  const counted = new Map<string, number>();
  for await (const stretch of stretchesOfProposals(db, labelRunId, STRETCH)) {
    for (const line of await readSorts(db, stretch, isKept)) counted.set(line, (counted.get(line) ?? 0) + 1);
  }
  const found = [...counted].map(toRow).sort(byCell);
  const byAttribute = groupBy(
    found.filter((row) => row.isKept),
    ({ attribute }) => attribute,
  );
  const known = [...input.attributes, ...byAttribute.keys()];
  const matrices = [...new Set(known)].flatMap((attribute) => {
    const own = byAttribute.get(attribute);
    return own ? [toMatrix(attribute, own)] : [];
  });
  return { matrices, counts: sum(found) };
}

/** What sort each proposal of a stretch is, a line each. Counting the few different lines takes half as long as GROUP BY, which sorts. */
async function readSorts(db: Db, stretch: Sql, isKept: Sql): Promise<string[]> {
  const bit = (name: keyof Flags, condition: Sql) => sql`CASE WHEN ${condition} THEN ${bits[name]} ELSE 0 END`;
  const isDecided = sql`CASE p."decision" WHEN 'accepted' THEN ${bits.isAccepted} WHEN 'rejected' THEN ${bits.isRejected} ELSE 0 END`;
  const flags = sql`${isDecided} + ${bit("isSame", isSame)} + ${bit("isConflict", isConflict)} + ${bit("isOutdated", isOutdated)}
    + ${bit("isOverThatRev", isOverThatRev)} + ${bit("isKept", isKept)}`;
  // Parameters come as REAL, and writing those takes as long as all the rest.
  const columns = jsonArray([sql`p."attribute"`, sql`l."value"`, sql`p."value"`, sql`CAST(${flags} AS INTEGER)`]);
  const found = await db.$queryRaw`SELECT ${linesOf(columns)} AS "lines" FROM ${compared(byImage)} WHERE ${stretch}`;
  return lines.parse(found)[0].lines?.split("\n") ?? [];
}

function toRow([line, count]: [string, number]): Row {
  const [attribute, old, to, flags] = sort.parse(line);
  const has = (name: keyof Flags) => (flags & bits[name]) !== 0;
  return {
    ...{ attribute, old, new: to, count },
    ...{ isSame: has("isSame"), isConflict: has("isConflict"), isOutdated: has("isOutdated") },
    ...{ isOverThatRev: has("isOverThatRev"), isKept: has("isKept") },
    ...{ isAccepted: has("isAccepted"), isRejected: has("isRejected") },
  };
}

const byCell = (a: Row, b: Row) => compareStrings(a.old ?? "", b.old ?? "") || compareStrings(a.new, b.new);

const countOf = (found: readonly Row[], isMeant: (row: Row) => boolean) =>
  found.reduce((total, row) => total + (isMeant(row) ? row.count : 0), 0);

function toMatrix(attribute: string, found: readonly Row[]): Matrix {
  const changes = found.filter((row) => !row.isSame);
  const cells = groupBy(changes, (row) => JSON.stringify([row.old, row.new]));
  return {
    attribute,
    cells: [...cells.values()].flatMap((own): MatrixCell[] => {
      const [first] = own;
      if (!first) return [];
      const { open, accepted, rejected, conflicts, outdated, changes } = sum(own);
      return [{ old: first.old, new: first.new, count: changes, open, accepted, rejected, conflicts, outdated }];
    }),
    same: countOf(found, (row) => row.isSame),
  };
}

/** An outdated conflict is outdated: it is accepted in no way. */
function sum(found: readonly Row[]): ReviewCounts {
  const isOpen = (row: Row) => !row.isAccepted && !row.isRejected && !row.isSame;
  const isBlocked = (row: Row) => row.isOutdated || (row.isConflict && !row.isOverThatRev);
  return {
    ...noCounts,
    changes: countOf(found, (row) => !row.isSame),
    open: countOf(found, isOpen),
    conflicts: countOf(found, (row) => isOpen(row) && row.isConflict && !row.isOutdated),
    outdated: countOf(found, (row) => isOpen(row) && row.isOutdated),
    accepted: countOf(found, (row) => row.isAccepted),
    rejected: countOf(found, (row) => row.isRejected),
    same: countOf(found, (row) => row.isSame),
    promotable: countOf(found, (row) => row.isAccepted && !row.isSame && !isBlocked(row)),
    inPlace: countOf(found, (row) => row.isAccepted && row.isSame),
    leftOut: countOf(found, (row) => row.isAccepted && !row.isSame && isBlocked(row)),
  };
}
