/** Alerts of findings, in SQLite's dialect. */
import type { Tx } from "~/ports/db.server";
import { jsonObject, sql } from "~/ports/sql.server";

/**
 * After an audit has recorded its findings: an error that it is the first to see opens an alert, one that is no longer
 * seen, or that someone ignores, closes it.
 * @param audit.at when the audit began: `firstSeenAt` of what it is the first to see
 */
export async function raiseFindingAlerts(tx: Tx, audit: { root: string; at: Date }): Promise<void> {
  const { root } = audit;
  const at = audit.at.getTime();
  await tx.$executeRaw`
    UPDATE "Alert" SET "closedAt" = ${at}
     WHERE "root" = ${root} AND "kind" = 'finding' AND "closedAt" IS NULL AND NOT EXISTS (
       SELECT 1 FROM "Finding" f
        WHERE f."id" = "detail"->>'findingId' AND f."closedAt" IS NULL AND f."ignoredAt" IS NULL)`;
  await tx.$executeRaw`
    UPDATE "Alert" SET "sentence" = f."sentence", "lastSeenAt" = ${at} FROM "Finding" f
     WHERE "Alert"."root" = ${root} AND "Alert"."kind" = 'finding' AND "Alert"."closedAt" IS NULL
       AND f."id" = "Alert"."detail"->>'findingId' AND f."sentence" <> "Alert"."sentence"`;
  await tx.$executeRaw`
    INSERT INTO "Alert" ("cause", "kind", "severity", "root", "subject", "sentence", "detail", "openedAt", "lastSeenAt")
    SELECT 'finding:' || f."id", 'finding', f."severity", f."root", f."subject", f."sentence",
           ${jsonObject({ findingId: sql`f."id"`, type: sql`f."type"` })}, ${at}, ${at}
      FROM "Finding" f
     WHERE f."root" = ${root} AND f."closedAt" IS NULL AND f."severity" = 'error' AND f."firstSeenAt" = ${at}
       AND f."ignoredAt" IS NULL AND NOT EXISTS (
         SELECT 1 FROM "Alert" a WHERE a."cause" = 'finding:' || f."id" AND a."closedAt" IS NULL)
     ORDER BY f."id"`;
}
