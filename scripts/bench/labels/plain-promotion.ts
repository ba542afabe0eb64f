import Database from "better-sqlite3";
import { openPlainDatabase } from "../plain-database";

/** None of which the images of a bench have labels already; of every second one we give them former ones. */
const attributes = ["lens", "light", "mood", "pose"];

/** Adds a label run that was accepted as a whole, of so many proposals: 900, its job run 800. */
export function addAcceptedRun(file: string, proposals: number): void {
  const db = new Database(file);
  const images = `(SELECT "id", "etag" FROM "Image" WHERE "goneAt" IS NULL ORDER BY "id" LIMIT ${proposals / attributes.length})`;
  db.exec(`
    INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
    VALUES (800, 'label-run', 'Label run', 0, 'succeeded', '{}', 'script:bench', 'Bench', 0);
    INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") VALUES (900, 800, '{}', 0);
    INSERT INTO "Proposal" ("labelRunId", "imageId", "etag", "attribute", "value", "confidence", "decision", "decidedBy",
                            "decidedByName", "decidedAt", "createdAt")
    SELECT 900, i."id", i."etag", a.value, 'proposed', 0.5, 'accepted', 'script:bench', 'Bench', 0, 0
      FROM ${images} i, json_each('${JSON.stringify(attributes)}') a;
    INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt")
    SELECT i."id", a.value, 'former', i."etag", 'model', 'script:bench', 0
      FROM ${images} i, json_each('${JSON.stringify(attributes)}') a WHERE a.key % 2 = 1;`);
  db.close();
}

/** An accepted proposal beside its image and the present label, where they differ. */
const changes = `
  "Proposal" p JOIN "Image" m ON m."id" = p."imageId"
    LEFT JOIN "Label" l ON l."imageId" = p."imageId" AND l."attribute" = p."attribute"
   WHERE p."labelRunId" = 900 AND p."decision" = 'accepted' AND m."goneAt" IS NULL AND m."etag" = p."etag"
     AND l."value" IS NOT p."value"`;

const content = `"imageId", "attribute", "value", "etag", "source", "confidence", "labelRunId", "acceptedBy", "acceptedAt", "folder", "jobRunId"`;
const of = (table: string) => content.replaceAll(/"(\w+)"/g, `${table}."$1"`);
/** An item's image and attribute, and its present label. */
const itemLabel = `"JobItem" i JOIN "Label" l ON l."imageId" = CAST(i."subject" AS INTEGER)
   AND l."attribute" = substr(i."subject", instr(i."subject", ':') + 1) WHERE i."runId" = 901`;

/** How long something takes, and how long a processor works on it, in ms. */
export type Took = { ms: number; cpuMs: number };

function timed(work: () => void): Took {
  const end = startTiming();
  work();
  return end();
}

/** @returns what ends it */
export function startTiming(): () => Took {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { ms: Math.round(performance.now() - startedAt), cpuMs: Math.round((user + system) / 1_000) };
  };
}

/** What a promotion of label run 900 changes, as plain SQL in one transaction: ledger, history, labels. And the same back. */
export function openPlainPromotion(file: string) {
  const db = openPlainDatabase(file);
  const all = (statements: string[]) =>
    timed(() => {
      db.transaction(() => {
        for (const statement of statements) db.prepare(statement).run();
      })();
    });
  return {
    apply: () =>
      all([
        `INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target")
         SELECT 901, row_number() OVER (ORDER BY p."imageId", p."attribute") - 1, p."imageId" || ':' || p."attribute",
                m."key" || ' · ' || p."attribute",
                json_object('value', l."value", 'source', l."source", 'rev', coalesce(l."rev", 0)),
                json_object('value', p."value", 'source', 'model', 'rev', coalesce(l."rev", 0) + 1)
           FROM ${changes}`,
        `INSERT INTO "LabelHistory" (${content}, "rev", "endedAt", "endedBy", "endedByRunId")
         SELECT ${of("l")}, l."rev", 1, 'script:bench', 901 FROM ${changes} AND l."rev" IS NOT NULL`,
        `INSERT INTO "Label" (${content}, "rev")
         SELECT p."imageId", p."attribute", p."value", m."etag", 'model', p."confidence", p."labelRunId", p."decidedBy", p."decidedAt",
                NULL, 901, coalesce(l."rev", 0) + 1
           FROM ${changes}
             ON CONFLICT ("imageId", "attribute") DO UPDATE
            SET "value" = excluded."value", "etag" = excluded."etag", "source" = excluded."source",
                "confidence" = excluded."confidence", "labelRunId" = excluded."labelRunId",
                "acceptedBy" = excluded."acceptedBy", "acceptedAt" = excluded."acceptedAt", "folder" = excluded."folder",
                "jobRunId" = excluded."jobRunId", "rev" = excluded."rev"`,
      ]),
    undo: () =>
      all([
        `INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target")
         SELECT 902, "seq", "subject", "label", "target", "before" FROM "JobItem" WHERE "runId" = 901`,
        `INSERT INTO "LabelHistory" (${content}, "rev", "endedAt", "endedBy", "endedByRunId")
         SELECT ${of("l")}, l."rev", 2, 'script:bench', 902 FROM ${itemLabel}`,
        `UPDATE "Label" AS l
            SET "value" = h."value", "etag" = h."etag", "source" = h."source", "confidence" = h."confidence",
                "labelRunId" = h."labelRunId", "acceptedBy" = h."acceptedBy", "acceptedAt" = h."acceptedAt",
                "folder" = h."folder", "jobRunId" = h."jobRunId", "rev" = l."rev" + 1
           FROM "JobItem" i CROSS JOIN "LabelHistory" h ON h."imageId" = CAST(i."subject" AS INTEGER)
                AND h."attribute" = substr(i."subject", instr(i."subject", ':') + 1) AND h."rev" = i."before"->>'rev'
          WHERE i."runId" = 901 AND i."before"->>'value' IS NOT NULL
            AND l."imageId" = h."imageId" AND l."attribute" = h."attribute"`,
        `DELETE FROM "Label" WHERE rowid IN (SELECT l.rowid FROM ${itemLabel} AND i."before"->>'value' IS NULL)`,
      ]),
    close: () => db.close(),
  };
}
