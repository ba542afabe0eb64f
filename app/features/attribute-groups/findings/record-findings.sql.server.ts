/** The rows of findings, in SQLite's dialect. */
import { z } from "zod";
import type { Db, Tx } from "~/ports/db.server";
import type { NewFinding } from "./new-finding";

/** What an audit sees, beside what is open: rows that are so already, and findings that are new or say something else. */
export type SeenFindings = { unchanged: number[]; changed: NewFinding[] };

const same = z.tuple([
  z.object({
    same: z.string().transform((text) => z.array(z.tuple([z.number(), z.number()])).parse(JSON.parse(text))),
  }),
]);

/** Compares before anything is written, so that the transaction of an audit that finds little new is short. */
export async function compareFindings(db: Db, root: string, findings: NewFinding[]): Promise<SeenFindings> {
  // CROSS JOIN keeps the order: each finding is looked up in the index, not the findings gone through for each row.
  const found = await db.$queryRaw`
    SELECT json_group_array(json_array(f."key", o."id")) AS "same"
      FROM json_each(${toRows(findings)}) f
     CROSS JOIN "Finding" o ON o."root" = ${root} AND o."type" = f."value"->>0 AND o."subject" = f."value"->>2
     WHERE o."closedAt" IS NULL AND o."severity" = f."value"->>1 AND o."sentence" = f."value"->>3
       AND o."evidence" = f."value"->>4`;
  const ids = new Map(same.parse(found)[0].same);
  return { unchanged: [...ids.values()], changed: findings.filter((_, n) => !ids.has(n)) };
}

function toRows(findings: NewFinding[]): string {
  return JSON.stringify(
    findings.map(({ type, severity, subject, sentence, evidence }) => [
      type,
      severity,
      subject,
      sentence,
      JSON.stringify(evidence),
    ]),
  );
}

/**
 * A finding that the last audit saw too stays as it is and is only refreshed; one that had closed is a new occurrence,
 * which nobody has ignored yet; what this audit did not see closes.
 */
export async function recordFindings(
  tx: Tx,
  audit: { root: string; snapshotId: number; findings: SeenFindings; at: Date },
): Promise<void> {
  const at = audit.at.getTime();
  const { unchanged, changed } = audit.findings;
  await tx.$executeRaw`
    UPDATE "Finding" SET "lastSnapshotId" = ${audit.snapshotId}, "lastSeenAt" = ${at}
     WHERE "id" IN (SELECT "value" FROM json_each(${JSON.stringify(unchanged)}))`;
  await tx.$executeRaw`
    INSERT INTO "Finding" ("root", "type", "severity", "subject", "sentence", "evidence",
                           "firstSnapshotId", "lastSnapshotId", "firstSeenAt", "lastSeenAt")
    SELECT ${audit.root}, f."value"->>0, f."value"->>1, f."value"->>2, f."value"->>3, f."value"->>4,
           ${audit.snapshotId}, ${audit.snapshotId}, ${at}, ${at}
      FROM json_each(${toRows(changed)}) f WHERE true
        ON CONFLICT ("root", "type", "subject") DO UPDATE SET "severity" = excluded."severity",
           "sentence" = excluded."sentence", "evidence" = excluded."evidence",
           "lastSnapshotId" = excluded."lastSnapshotId", "lastSeenAt" = excluded."lastSeenAt",
           "firstSnapshotId" = iif("closedAt" IS NULL, "firstSnapshotId", excluded."firstSnapshotId"),
           "firstSeenAt" = iif("closedAt" IS NULL, "firstSeenAt", excluded."firstSeenAt"),
           "ignoredAt" = iif("closedAt" IS NULL, "ignoredAt", NULL),
           "ignoredBy" = iif("closedAt" IS NULL, "ignoredBy", NULL),
           "ignoredByName" = iif("closedAt" IS NULL, "ignoredByName", NULL),
           "ignoreReason" = iif("closedAt" IS NULL, "ignoreReason", NULL), "closedAt" = NULL`;
  await tx.$executeRaw`
    UPDATE "Finding" SET "closedAt" = ${at}
     WHERE "root" = ${audit.root} AND "closedAt" IS NULL AND "lastSeenAt" <> ${at}`;
}
