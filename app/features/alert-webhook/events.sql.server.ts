/** What the webhook is still to be told, and has been: `Alert.told` is "nothing", "opened" or "all". */
import type { AlertKind } from "~/features/alerts/alert";
import { toAlertViews } from "~/features/alerts/list-alerts.server";
import { writeInPieces, writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Alert, Db, Prisma } from "~/ports/db.server";
import { valuesOf } from "~/ports/sql.server";
import type { AlertEvent, EventCounts } from "./alert-message";

/** The check that says how it goes with the webhook: what it finds is not sent there. */
export const WEBHOOK_CHECK = "webhook";

/**
 * Alerts with something to tell. One that a person acknowledged was seen, so that there is nothing more to say of it; one that
 * closed by itself before it was told of is told of once.
 */
const isDue = {
  closedBy: null,
  OR: [{ told: "nothing" }, { told: "opened", closedAt: { not: null } }],
  NOT: { cause: { startsWith: `check:${WEBHOOK_CHECK}:` } },
} satisfies Prisma.AlertWhereInput;

/** An alert that is due, and whether it was open when it was read. */
export type DueAlert = Pick<Alert, "id" | "severity" | "openedAt" | "closedAt">;

/** What is due, in the order in which it happened. */
export async function readDue(db: Db): Promise<DueAlert[]> {
  const due = await db.alert.findMany({
    where: isDue,
    select: { id: true, severity: true, openedAt: true, closedAt: true },
    orderBy: { id: "asc" },
  });
  const timeOf = ({ openedAt, closedAt }: DueAlert) => (closedAt ?? openedAt).getTime();
  return due.sort((one, other) => timeOf(one) - timeOf(other));
}

export const countDue = (db: Db): Promise<number> => db.alert.count({ where: isDue });

/** The words of some alerts, in their order, as they were when they were read as due. */
export async function readEvents(db: Db, kinds: readonly AlertKind[], due: readonly DueAlert[]): Promise<AlertEvent[]> {
  const rows = await db.alert.findMany({ where: { id: { in: due.map(({ id }) => id) } } });
  const views = new Map(toAlertViews(rows, kinds).map((view) => [view.id, view]));
  return due.flatMap(({ id, closedAt }) => {
    const view = views.get(id);
    return view ? [{ ...view, resolvedAt: closedAt }] : [];
  });
}

export const countEvents = (due: readonly DueAlert[]): EventCounts => ({
  errors: due.filter(({ closedAt, severity }) => closedAt === null && severity === "error").length,
  warnings: due.filter(({ closedAt, severity }) => closedAt === null && severity !== "error").length,
  resolved: due.filter(({ closedAt }) => closedAt !== null).length,
});

/** Keeps that these were told of, as they were read: one that closed meanwhile is due again. */
export async function keepTold(db: Db, due: readonly DueAlert[]): Promise<void> {
  const mark = (told: "opened" | "all", alerts: readonly DueAlert[]) =>
    writeListInPieces(
      db,
      alerts.map(({ id }) => id),
      (tx, ids) => tx.$executeRaw`UPDATE "Alert" SET "told" = ${told} WHERE "id" IN ${valuesOf(ids)}`,
    );
  await mark(
    "opened",
    due.filter(({ closedAt }) => closedAt === null),
  );
  await mark(
    "all",
    due.filter(({ closedAt }) => closedAt !== null),
  );
}

/** Passes over everything that was before there was a webhook; only how open alerts end is still told. */
export const passOverEarlier = (db: Db, signal: AbortSignal): Promise<number> =>
  writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      UPDATE "Alert" SET "told" = CASE WHEN "closedAt" IS NULL THEN 'opened' ELSE 'all' END
       WHERE "id" IN (SELECT "id" FROM "Alert" WHERE "told" = 'nothing' ORDER BY "id" LIMIT ${size})`,
    { signal },
  );
