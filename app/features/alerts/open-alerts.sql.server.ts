/** Alerts as a feature raises them, in SQL. */
import type { Tx } from "~/ports/db.server";
import { rowsFrom, valuesOf } from "~/ports/sql.server";
import type { AlertText, AlertView } from "./alert";

const columns = { cause: "text", subject: "text", sentence: "text", detail: "text" } as const;

/** Opens alerts of one kind, in one statement; none of their causes has an open one. */
export async function openAlerts(
  tx: Tx,
  alerts: AlertText[],
  { kind, severity, root, at }: { kind: string; severity: AlertView["severity"]; root: string; at: Date },
): Promise<number> {
  if (alerts.length === 0) return 0;
  return tx.$executeRaw`
    INSERT INTO "Alert" ("cause", "subject", "sentence", "detail", "kind", "severity", "root", "openedAt", "lastSeenAt")
    SELECT a."cause", a."subject", a."sentence", a."detail", ${kind}, ${severity}, ${root}, ${at.getTime()},
           ${at.getTime()}
      FROM ${rowsFrom(alerts, columns)} a`;
}

/** Says of each open alert what there is to say now, in one statement. */
export async function updateAlerts(tx: Tx, alerts: ({ id: number } & AlertText)[], at: Date): Promise<number> {
  if (alerts.length === 0) return 0;
  return tx.$executeRaw`
    UPDATE "Alert" SET "cause" = a."cause", "subject" = a."subject", "sentence" = a."sentence", "detail" = a."detail",
                       "lastSeenAt" = ${at.getTime()}
      FROM ${rowsFrom(alerts, { id: "integer", ...columns })} a WHERE "Alert"."id" = a."id"`;
}

/** Closes open alerts; returns how many. */
export const closeAlerts = (tx: Tx, ids: number[], at: Date): Promise<number> => tx.$executeRaw`
  UPDATE "Alert" SET "closedAt" = ${at.getTime()} WHERE "id" IN ${valuesOf(ids)} AND "closedAt" IS NULL`;
