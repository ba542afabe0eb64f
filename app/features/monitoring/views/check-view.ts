import type { Check, Level } from "~/features/monitoring/check";

/** A measurement as its chart shows it. */
export type Point = { at: Date; value: number | null; level: Level };

/** An open alert of a check. */
export type CheckAlert = { id: number; sentence: string };

/** The newest measurement of a check. */
export type Measured = {
  at: Date;
  verdict: string;
  level: Level;
  value: number | null;
  sentence: string;
  /** When the first of the measurements in a row was that came to this verdict. */
  since: Date;
};

/** A check as its page shows it. */
export type CheckView = Pick<Check, "name" | "title" | "unit" | "measures" | "rule" | "link"> & {
  /** Null: not measured yet. */
  last: Measured | null;
  points: Point[];
  alerts: CheckAlert[];
};
