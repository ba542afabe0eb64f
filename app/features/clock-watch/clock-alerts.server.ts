import { openAlerts, updateAlerts } from "~/features/alerts/open-alerts.sql.server";
import type { Tx } from "~/ports/db.server";

/** Tells of a jump of the clock, once for each cause as long as no one has acknowledged it. `cause` begins with "clock:". */
export async function raiseClockAlert(
  tx: Tx,
  { cause, sentence, at }: { cause: string; sentence: string; at: Date },
): Promise<void> {
  const text = { cause, subject: "", sentence, detail: "{}" };
  const open = await tx.alert.findFirst({ where: { cause, closedAt: null }, select: { id: true } });
  if (open) await updateAlerts(tx, [{ id: open.id, ...text }], at);
  else await openAlerts(tx, [text], { kind: "clock", severity: "warning", root: "Clock", at });
}
