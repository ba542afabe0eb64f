import type { Tx } from "~/ports/db.server";
import type { AlertView } from "./alert";
import { openAlerts, updateAlerts } from "./open-alerts.sql.server";

/** Tells of something, once for each cause as long as no one has acknowledged it. */
export async function raiseAlert(
  tx: Tx,
  alert: { cause: string; sentence: string; at: Date; kind: string; severity: AlertView["severity"]; root: string },
): Promise<void> {
  const { cause, sentence, ...about } = alert;
  const text = { cause, subject: "", sentence, detail: "{}" };
  const open = await tx.alert.findFirst({ where: { cause, closedAt: null }, select: { id: true } });
  if (open) await updateAlerts(tx, [{ id: open.id, ...text }], alert.at);
  else await openAlerts(tx, [text], about);
}
