/** The rows of findings, in SQLite's dialect. */

import { z } from "zod";
import {
  closeFindingAlerts,
  raiseFindingAlerts,
} from "~/features/attribute-groups/alerts/raise-finding-alerts.sql.server";
import { jsonColumn } from "~/features/json-column";
import { writeInPieces, writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { jsonList, jsonObject, rowsFrom, sql, valuesOf } from "~/ports/sql.server";
import type { NewFinding } from "./new-finding";

/** What an audit sees, beside what is open: rows that are so already, and findings that are new or say something else. */
export type SeenFindings = { unchanged: number[]; changed: NewFinding[] };

const same = z.tuple([
  z.object({
    same: jsonColumn(z.array(z.object({ position: z.number(), id: z.number() }))),
  }),
]);

/** Compares before anything is written, so that the transaction of an audit that finds little new is short. */
export async function compareFindings(db: Db, root: string, findings: NewFinding[]): Promise<SeenFindings> {
  // CROSS JOIN keeps the order: each finding is looked up in the index, not the findings gone through for each row.
  const found = await db.$queryRaw`
    SELECT ${jsonList(jsonObject({ position: sql`f."position"`, id: sql`o."id"` }))} AS "same"
      FROM ${toRows(findings)} f
     CROSS JOIN "Finding" o
     WHERE o."root" = ${root} AND o."type" = f."type" AND o."subject" = f."subject" AND o."closedAt" IS NULL
       AND o."severity" = f."severity" AND o."sentence" = f."sentence" AND o."evidence" = f."evidence"`;
  const ids = new Map(same.parse(found)[0].same.map(({ position, id }) => [position, id]));
  return { unchanged: [...ids.values()], changed: findings.filter((_, n) => !ids.has(n)) };
}

function toRows(findings: NewFinding[]) {
  const rows = findings.map(({ type, severity, subject, sentence, evidence }) => ({
    type,
    severity,
    subject,
    sentence,
    evidence: JSON.stringify(evidence),
  }));
  return rowsFrom(rows, { type: "text", severity: "text", subject: "text", sentence: "text", evidence: "text" });
}

/**
 * A finding that the last audit saw too stays as it is and is only refreshed; one that had closed is a new occurrence,
 * which no one has ignored yet; what this audit did not see closes. Each is written with its alert, piece by piece: an error
 * that this audit is the first to see opens one, and one that is no longer seen closes its own.
 * @param hold the lease, as the first statement of each piece
 */
export async function recordFindings(
  db: Db,
  audit: { root: string; snapshotId: number; findings: SeenFindings; at: Date },
  hold: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const { root, snapshotId } = audit;
  const at = audit.at.getTime();
  const { unchanged, changed } = audit.findings;
  await writeListInPieces(
    db,
    unchanged,
    (tx, some) => tx.$executeRaw`
      UPDATE "Finding" SET "lastSnapshotId" = ${snapshotId}, "lastSeenAt" = ${at} WHERE "id" IN ${valuesOf(some)}`,
    { hold },
  );
  const write = async (tx: Tx, some: NewFinding[]) => {
    await upsertFindings(tx, some, { root, snapshotId, at });
    await raiseFindingAlerts(tx, toRows(some), { root, at });
    return some.length;
  };
  await writeListInPieces(db, changed, write, { hold });
  await writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      UPDATE "Finding" SET "closedAt" = ${at} WHERE "id" IN (
        SELECT "id" FROM "Finding" WHERE "root" = ${root} AND "closedAt" IS NULL AND "lastSeenAt" <> ${at} LIMIT ${size})`,
    { hold },
  );
  await writeInPieces(db, (tx, size) => closeFindingAlerts(tx, { root, at, size }), { hold });
}

function upsertFindings(tx: Tx, findings: NewFinding[], audit: { root: string; snapshotId: number; at: number }) {
  const { root, snapshotId, at } = audit;
  return tx.$executeRaw`
    INSERT INTO "Finding" ("root", "type", "severity", "subject", "sentence", "evidence",
                           "firstSnapshotId", "lastSnapshotId", "firstSeenAt", "lastSeenAt")
    SELECT ${root}, f."type", f."severity", f."subject", f."sentence", f."evidence", ${snapshotId}, ${snapshotId}, ${at}, ${at}
      FROM ${toRows(findings)} f WHERE true
        ON CONFLICT ("root", "type", "subject") DO UPDATE SET "severity" = excluded."severity",
           "sentence" = excluded."sentence", "evidence" = excluded."evidence",
           "lastSnapshotId" = excluded."lastSnapshotId", "lastSeenAt" = excluded."lastSeenAt",
           "firstSnapshotId" = CASE WHEN "Finding"."closedAt" IS NULL THEN "Finding"."firstSnapshotId" ELSE excluded."firstSnapshotId" END,
           "firstSeenAt" = CASE WHEN "Finding"."closedAt" IS NULL THEN "Finding"."firstSeenAt" ELSE excluded."firstSeenAt" END,
           "ignoredAt" = CASE WHEN "Finding"."closedAt" IS NULL THEN "Finding"."ignoredAt" END,
           "ignoredBy" = CASE WHEN "Finding"."closedAt" IS NULL THEN "Finding"."ignoredBy" END,
           "ignoredByName" = CASE WHEN "Finding"."closedAt" IS NULL THEN "Finding"."ignoredByName" END,
           "ignoreReason" = CASE WHEN "Finding"."closedAt" IS NULL THEN "Finding"."ignoreReason" END, "closedAt" = NULL`;
}
