/** Alerts of findings, in SQLite's dialect. */
import type { Tx } from "~/ports/db.server";
import { jsonObject, type Sql, sql } from "~/ports/sql.server";

/**
 * After an audit has recorded findings: an error that it is the first to see opens an alert, and what is said of one that has an
 * alert already is said there too.
 * @param rows SELECTs `type` and `subject` of the findings
 * @param audit.at when the audit began (epoch ms): `firstSeenAt` of what it is the first to see
 */
export async function raiseFindingAlerts(tx: Tx, rows: Sql, { root, at }: { root: string; at: number }): Promise<void> {
  // CROSS JOIN keeps the order: each finding is looked up in the index.
  const recorded = sql`
    ${rows} n CROSS JOIN "Finding" f ON f."root" = ${root} AND f."type" = n."type" AND f."subject" = n."subject"`;
  await tx.$executeRaw`
    UPDATE "Alert" SET "lastSeenAt" = ${at},
           "sentence" = (SELECT f."sentence" FROM "Finding" f WHERE f."id" = "Alert"."detail"->>'findingId')
     WHERE "id" IN (
       SELECT a."id" FROM ${recorded}
        CROSS JOIN "Alert" a ON a."cause" = 'finding:' || f."id" AND a."closedAt" IS NULL
        WHERE f."sentence" <> a."sentence")`;
  await tx.$executeRaw`
    INSERT INTO "Alert" ("cause", "kind", "severity", "root", "subject", "sentence", "detail", "openedAt", "lastSeenAt")
    SELECT 'finding:' || f."id", 'finding', f."severity", f."root", f."subject", f."sentence",
           ${jsonObject({ findingId: sql`f."id"`, type: sql`f."type"` })}, ${at}, ${at}
      FROM ${recorded}
     WHERE f."closedAt" IS NULL AND f."severity" = 'error' AND f."firstSeenAt" = ${at}
       AND f."ignoredAt" IS NULL AND NOT EXISTS (
         SELECT 1 FROM "Alert" a WHERE a."cause" = 'finding:' || f."id" AND a."closedAt" IS NULL)
     ORDER BY f."id"`;
}

/** Closes alerts of findings that are no longer seen, or that someone ignores, up to `size` of them; returns how many. */
export const closeFindingAlerts = (
  tx: Tx,
  { root, at, size }: { root: string; at: number; size: number },
): Promise<number> => tx.$executeRaw`
  UPDATE "Alert" SET "closedAt" = ${at} WHERE "id" IN (
    SELECT a."id" FROM "Alert" a
     WHERE a."root" = ${root} AND a."kind" = 'finding' AND a."closedAt" IS NULL AND NOT EXISTS (
       SELECT 1 FROM "Finding" f
        WHERE f."id" = a."detail"->>'findingId' AND f."closedAt" IS NULL AND f."ignoredAt" IS NULL)
     LIMIT ${size})`;
