import type { AlertText } from "~/features/alerts/alert";
import { openAlerts, updateAlerts } from "~/features/alerts/open-alerts.sql.server";
import { type Check, type Trouble, troubleOf } from "~/features/monitoring/check";
import type { Tx } from "~/ports/db.server";
import { CHECK_ALERT } from "./check-alerts";
import type { Measurement } from "./measure-check.server";
import { alertIds, insertMeasurement, newestOf } from "./measurements.server";

/** What could not be measured so often in a row is an alert of its own; once may be a moment's failure. */
const UNMEASURED = "unmeasured";

/**
 * Keeps a measurement, and brings the alerts of its check up to date: one for each trouble, opened when it begins and closed
 * when it is over. One that someone acknowledged meanwhile stays closed until then, so that it opens again only when the
 * trouble comes back. For a transaction that has written already.
 */
export async function recordMeasurement(tx: Tx, check: Check, measurement: Measurement): Promise<void> {
  const { name, at, verdict, level, value, sentence, reading } = measurement;
  const last = await tx.check.findFirst({ ...newestOf(name), select: { alerts: true, verdict: true } });
  const before = new Map(Object.entries(last ? alertIds.parse(last.alerts) : {}));
  const troubles = measurement.troubles ?? (last?.verdict === UNMEASURED ? [unmeasured(check, measurement)] : []);
  const kept = measurement.troubles === null ? [...before].filter(([trouble]) => trouble !== UNMEASURED) : [];
  const alerts = new Map(kept);
  await closeOthers(tx, before, [...alerts.keys(), ...troubles.map(troubleOf)], at);
  for (const trouble of troubles) {
    alerts.set(troubleOf(trouble), await tellOf(tx, check, trouble, { at, alertId: before.get(troubleOf(trouble)) }));
  }
  await insertMeasurement(tx, {
    name,
    at,
    verdict,
    level,
    value,
    sentence,
    reading: reading === null ? null : JSON.stringify(reading),
    alerts: JSON.stringify(Object.fromEntries(alerts)),
  });
}

const unmeasured = ({ link }: Check, { sentence }: Measurement): Trouble => ({
  verdict: UNMEASURED,
  about: "",
  severity: "warning",
  sentence,
  link,
});

/** Closes the open alerts of what is over. */
async function closeOthers(tx: Tx, before: ReadonlyMap<string, number>, goOn: string[], at: Date): Promise<void> {
  const over = [...before].flatMap(([trouble, id]) => (goOn.includes(trouble) ? [] : [id]));
  if (over.length === 0) return;
  await tx.alert.updateMany({ where: { id: { in: over }, closedAt: null }, data: { closedAt: at } });
}

/** Opens the alert of a trouble, or says in an open one how it stands now; returns its id. */
async function tellOf(
  tx: Tx,
  check: Check,
  trouble: Trouble,
  { at, alertId }: { at: Date; alertId: number | undefined },
): Promise<number> {
  const { about, severity, sentence, link } = trouble;
  const cause = `check:${check.name}:${troubleOf(trouble)}`;
  const text: AlertText = { cause, subject: about, sentence, detail: JSON.stringify({ link }) };
  if (alertId === undefined) {
    await openAlerts(tx, [text], { kind: CHECK_ALERT, severity, root: check.title, at });
    const { id } = await tx.alert.findFirstOrThrow({ where: { cause, closedAt: null }, select: { id: true } });
    return id;
  }
  const open = await tx.alert.findFirst({ where: { id: alertId, closedAt: null }, select: { sentence: true } });
  if (open) await updateAlerts(tx, [{ id: alertId, ...text }], at);
  return alertId;
}
