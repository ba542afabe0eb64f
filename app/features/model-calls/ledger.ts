import type { Sql } from "~/ports/sql.server";
import type { Standing } from "./budget";

/** A call that may be made now: its row, and the time from which its price is told. */
export type Reserved = { callId: number; at: Date };

/** Where one call of a run with a budget is written down, before it is made. */
export type Ledger<R extends Reserved = Reserved> = {
  /**
   * Reserves its dollars, as `reserveInBudget` does.
   * @param hasRoom a condition: the model's quotas have room for it
   */
  reserve(hasRoom: Sql): Promise<R | "in-flight" | "spent" | null>;
  /** Where its run stands against its budget. */
  readStanding(): Promise<Omit<Standing, "callUsd">>;
  /** Takes back what was reserved for a call that will not be made, for who was told to stop meanwhile. */
  release(reserved: R): Promise<void>;
};
