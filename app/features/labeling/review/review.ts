import type { RunStatus } from "~/features/job-runs/status";
import type { RunView } from "~/features/job-runs/views/run-view";
import type { ComparedProposal } from "./list-compared.sql.server";
import { type Matrix, type MatrixCell, noCounts, type ReviewCounts } from "./matrix";
import type { ReviewFilter, ReviewOrder } from "./review-filter";

/** A proposal as a reviewer sees it: beside its folder, and with the name of whoever accepted the present label. */
export type ReviewedProposal = Omit<ComparedProposal, "acceptedBy"> & {
  acceptedByName: string | null;
  /** The name of its group folder, and what that states of the attribute; null: none, nothing. */
  group: string | null;
  folder: string | null;
};

/** A promotion of a label run's accepted proposals, and what undoes it. */
export type PromotionView = {
  run: RunView;
  /** Its rollback, unless that was given up. */
  rollback: { id: number; status: RunStatus } | null;
  canRollBack: boolean;
};

/** The review of a label run: everything that the tab shows. */
export type Review = {
  /** Another one once anything of this may have changed (`readPulse`). */
  pulse: string;
  filter: ReviewFilter;
  order: ReviewOrder;
  /** Of the whole run. */
  counts: ReviewCounts;
  /** The newest ones, the newest first. */
  promotions: PromotionView[];
  /** Of the filter, wherever its cell is. */
  matrices: Matrix[];
  proposals: ReviewedProposal[];
  /** Proposals behind or before which the pages beside this one begin; null where there is none. */
  before: number | null;
  after: number | null;
};

/** What the cells come to that a filter keeps. */
export function countFiltered(
  matrices: readonly Matrix[],
  { attribute, old, new: to, same }: ReviewFilter,
): Pick<ReviewCounts, "changes" | "open" | "conflicts" | "outdated" | "accepted" | "rejected" | "same"> {
  const kept = matrices.filter((matrix) => attribute === undefined || matrix.attribute === attribute);
  const isKept = (cell: MatrixCell) => (old === undefined || cell.old === old) && (to === undefined || cell.new === to);
  const cells = same === "only" ? [] : kept.flatMap((matrix) => matrix.cells.filter(isKept));
  const sum = (field: Exclude<keyof MatrixCell, "old" | "new">) =>
    cells.reduce((total, cell) => total + cell[field], 0);
  return {
    ...noCounts,
    changes: sum("count"),
    open: sum("open"),
    conflicts: sum("conflicts"),
    outdated: sum("outdated"),
    accepted: sum("accepted"),
    rejected: sum("rejected"),
    same: kept.reduce((total, matrix) => total + matrix.same, 0),
  };
}
