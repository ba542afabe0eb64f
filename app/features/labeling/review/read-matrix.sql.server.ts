import { z } from "zod";
import { groupBy } from "~/features/group-by";
import type { Db } from "~/ports/db.server";
import { alongIndex } from "~/ports/sql.server";
import {
  compared,
  isConflict,
  isOutdated,
  isOverThatRev,
  isSame,
  keptBy,
  type StatedByFolder,
} from "./compared.sql.server";
import { type Matrix, type MatrixCell, noCounts, type ReviewCounts } from "./matrix";
import { type ReviewFilter, reviewFilter } from "./review-filter";

const flag = z.coerce.boolean();
const rows = z.array(
  z.object({
    attribute: z.string(),
    old: z.string().nullable(),
    new: z.string(),
    decision: reviewFilter.shape.decision.unwrap(),
    isSame: flag,
    isConflict: flag,
    isOutdated: flag,
    isOverThatRev: flag,
    isKept: flag,
    count: z.coerce.number(),
  }),
);
type Row = z.infer<typeof rows>[number];

/** Along the images, so that labels of one image are found side by side. */
const byImage = alongIndex("Proposal_labelRunId_imageId_attribute_key");

/**
 * The old → new matrix of each attribute of a label run as a filter keeps it, and what the whole run comes to: counted in one
 * statement.
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
  const kept = keptBy({ labelRunId, stated, filter: { ...others, same: "any" } });
  const found = rows.parse(
    await db.$queryRaw`
      SELECT p."attribute", l."value" AS "old", p."value" AS "new", p."decision", ${isSame} AS "isSame",
             ${isConflict} AS "isConflict", ${isOutdated} AS "isOutdated", ${isOverThatRev} AS "isOverThatRev",
             ${kept} AS "isKept", count(*) AS "count"
        FROM ${compared(byImage)} WHERE p."labelRunId" = ${labelRunId}
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
  );
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
  const isOpen = (row: Row) => row.decision === "open" && !row.isSame;
  const isAccepted = (row: Row) => row.decision === "accepted";
  const isBlocked = (row: Row) => row.isOutdated || (row.isConflict && !row.isOverThatRev);
  return {
    ...noCounts,
    changes: countOf(found, (row) => !row.isSame),
    open: countOf(found, isOpen),
    conflicts: countOf(found, (row) => isOpen(row) && row.isConflict && !row.isOutdated),
    outdated: countOf(found, (row) => isOpen(row) && row.isOutdated),
    accepted: countOf(found, isAccepted),
    rejected: countOf(found, (row) => row.decision === "rejected"),
    same: countOf(found, (row) => row.isSame),
    promotable: countOf(found, (row) => isAccepted(row) && !row.isSame && !isBlocked(row)),
    inPlace: countOf(found, (row) => isAccepted(row) && row.isSame),
    leftOut: countOf(found, (row) => isAccepted(row) && !row.isSame && isBlocked(row)),
  };
}
