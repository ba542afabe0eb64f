import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/**
 * Closes an alert: someone has seen it. It opens again only when what it tells of happens again.
 * @throws DomainError "not-found", "conflict" (closed before)
 */
export async function acknowledgeAlert(
  { db, clock }: { db: Db; clock: Clock },
  { alertId, actor }: { alertId: number; actor: Actor },
): Promise<void> {
  const at = clock.now();
  await db.$write(async (tx) => {
    const { count } = await tx.alert.updateMany({
      where: { id: alertId, closedAt: null },
      data: { closedAt: at, closedBy: actor.id, closedByName: actor.name },
    });
    const alert = await tx.alert.findUnique({ where: { id: alertId } });
    if (!alert) throw new DomainError("not-found", `There is no alert ${alertId}.`);
    if (count === 0) {
      const how =
        alert.closedByName === null
          ? "This alert closed by itself"
          : `${alert.closedByName} has acknowledged this alert`;
      throw new DomainError("conflict", `${how} already.`);
    }
    await recordEvent(tx, {
      at,
      actor,
      action: "alert.acknowledge",
      subject: `alert:${alertId}`,
      sentence: `Acknowledged the alert ${alert.sentence}`,
      detail: { cause: alert.cause },
    });
  });
}

/**
 * Closes every open alert up to the newest that someone has been shown; one that was raised since stays.
 * @returns how many
 * @throws DomainError "conflict" when none was open any more
 */
export async function acknowledgeAlerts(
  { db, clock }: { db: Db; clock: Clock },
  { upToId, actor }: { upToId: number; actor: Actor },
): Promise<number> {
  const at = clock.now();
  return db.$write(async (tx) => {
    const { count } = await tx.alert.updateMany({
      where: { id: { lte: upToId }, closedAt: null },
      data: { closedAt: at, closedBy: actor.id, closedByName: actor.name },
    });
    if (count === 0)
      throw new DomainError("conflict", "These alerts are already acknowledged or have closed by themselves.");
    await recordEvent(tx, {
      at,
      actor,
      action: "alert.acknowledge",
      subject: "alerts",
      sentence: `Acknowledged all ${count} open alerts`,
      detail: { upToId },
    });
    return count;
  });
}
