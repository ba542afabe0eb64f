/** What is proposed where a label says `old` (null: nothing). Counts of proposals; those that change nothing are not in it. */
export type MatrixCell = {
  old: string | null;
  new: string;
  count: number;
  open: number;
  accepted: number;
  rejected: number;
  /** Of the open ones: what a person's label contradicts, and what is about former bytes of the image. */
  conflicts: number;
  outdated: number;
};

/** The old → new matrix of one attribute. */
export type Matrix = {
  attribute: string;
  cells: MatrixCell[];
  /** Proposals that say what the present label says. */
  same: number;
};

/** What there is to decide, and to promote. */
export type ReviewCounts = {
  /** What would change something, whatever was decided about it. */
  changes: number;
  open: number;
  /** Of the open ones: to be accepted one by one only, and not at all. */
  conflicts: number;
  outdated: number;
  accepted: number;
  rejected: number;
  same: number;
  /** Of the accepted ones: what a promotion would change, what is in place already, and what it leaves out. */
  promotable: number;
  inPlace: number;
  leftOut: number;
};

export const noCounts: ReviewCounts = {
  changes: 0,
  open: 0,
  conflicts: 0,
  outdated: 0,
  accepted: 0,
  rejected: 0,
  same: 0,
  promotable: 0,
  inPlace: 0,
  leftOut: 0,
};

/** How many of the open ones “accept all” accepts. */
export const acceptable = ({ open, conflicts, outdated }: Pick<MatrixCell, "open" | "conflicts" | "outdated">) =>
  open - conflicts - outdated;
