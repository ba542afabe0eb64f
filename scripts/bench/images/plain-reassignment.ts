import { openPlainDatabase } from "../plain-database";

/** What the product keeps of an image, as its ledger has it. */
const ledgerOf = (images: string) => `
  INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target")
  SELECT 901, row_number() OVER (ORDER BY i."id") - 1, CAST(i."id" AS TEXT), i."key",
         json_object('ownerId', i."ownerId", 'name', o."name"), json_object('ownerId', :to, 'name', :to)
    FROM ${images} LEFT JOIN "Owner" o ON o."id" = i."ownerId" WHERE i."goneAt" IS NULL`;

/**
 * The change of a reassignment as plain SQL, in two statements of one transaction: a ledger row for each image, then the
 * images. And the same back.
 * @param owners whose images change; null: everyone's and nobody's
 */
export function openPlain(file: string, to: string, owners: string[] | null) {
  const db = openPlainDatabase(file);
  const all = (statements: string[], values: object) => {
    const startedAt = performance.now();
    db.transaction(() => {
      for (const statement of statements) db.prepare(statement).run(values);
    })();
    return Math.round(performance.now() - startedAt);
  };
  // Without the hint the planner finds listed images by an index, in an order that makes every row a page of its own.
  const hint = owners ? "" : "NOT INDEXED";
  const of = owners ? `AND i."ownerId" IN (SELECT value FROM json_each(:owners))` : "";
  return {
    /** @returns ms */
    apply: () =>
      all(
        [
          `${ledgerOf(`"Image" i ${hint}`)} ${of}`,
          `UPDATE "Image" AS i ${hint} SET "ownerId" = :to WHERE i."goneAt" IS NULL ${of}`,
        ],
        { to, ...(owners && { owners: JSON.stringify(owners) }) },
      ),
    /** @returns ms */
    undo: () =>
      all(
        [
          `INSERT INTO "JobItem" ("runId", "seq", "subject", "label", "before", "target")
           SELECT 902, "seq", "subject", "label", "target", "before" FROM "JobItem" WHERE "runId" = 901`,
          `UPDATE "Image" AS m SET "ownerId" = i."before"->>'ownerId' FROM "JobItem" i
            WHERE i."runId" = 901 AND m."id" = CAST(i."subject" AS INTEGER)`,
        ],
        {},
      ),
    close: () => db.close(),
  };
}
