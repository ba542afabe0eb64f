import { raiseAlert } from "~/features/alerts/raise-alert.server";
import type { Tx } from "~/ports/db.server";

/** Tells of a jump of the clock, once for each cause as long as no one has acknowledged it. `cause` begins with "clock:". */
export const raiseClockAlert = (tx: Tx, alert: { cause: string; sentence: string; at: Date }): Promise<void> =>
  raiseAlert(tx, { ...alert, kind: "clock", severity: "warning", root: "Clock" });
