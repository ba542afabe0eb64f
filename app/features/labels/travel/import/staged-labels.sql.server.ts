import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { labelSource } from "~/features/labels/label-state";
import { labelOrigin } from "~/features/labels/travel/formats/label-line";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";

const staged = z.array(
  z.object({
    seq: z.coerce.number(),
    line: z.coerce.number(),
    told: z.string().nullable(),
    isForeign: z.coerce.boolean(),
    attribute: z.string().nullable(),
    value: z.string().nullable(),
    etag: z.string().nullable(),
    origin: jsonColumn(labelOrigin).nullable(),
    problem: z.string().nullable(),
    firstSeq: z.coerce.number().nullable(),
    firstLine: z.coerce.number().nullable(),
    firstValue: z.string().nullable(),
  }),
);
export type StagedLabel = z.infer<typeof staged>[number];

/** The next labels of an import, each with the first one of the file for the same attribute of the same image. */
export async function readStagedLabels(
  db: Db,
  { importId, after, limit }: { importId: number; after: number; limit: number },
): Promise<StagedLabel[]> {
  return staged.parse(
    await db.$queryRaw`
      SELECT l."seq", l."line", l."told", l."isForeign", l."attribute", l."value", l."etag", l."origin", l."problem",
             f."seq" AS "firstSeq", f."line" AS "firstLine", f."value" AS "firstValue"
        FROM "LabelImportLine" l
        LEFT JOIN "LabelImportLine" f ON f."importId" = l."importId" AND f."seq" = (
             SELECT e."seq" FROM "LabelImportLine" e
              WHERE e."importId" = l."importId" AND e."told" = l."told" AND e."attribute" = l."attribute" AND e."problem" IS NULL
              ORDER BY e."seq" LIMIT 1)
       WHERE l."importId" = ${importId} AND l."seq" > ${after} ORDER BY l."seq" LIMIT ${limit}`,
  );
}

const absent = z.array(
  z.object({
    imageId: z.coerce.number(),
    attribute: z.string(),
    key: z.string(),
    value: z.string(),
    source: labelSource,
    rev: z.coerce.number(),
  }),
);
export type AbsentLabel = z.infer<typeof absent>[number];

/**
 * The next labels here that came from labels/personas.json and that this import of it no longer has, whatever key their image had when it
 * was written.
 */
export async function readAbsentLabels(
  db: Db,
  { importId, after, limit }: { importId: number; after: AbsentLabel | undefined; limit: number },
): Promise<AbsentLabel[]> {
  const { imageId, attribute } = after ?? { imageId: 0, attribute: "" };
  return absent.parse(
    await db.$queryRaw`
      SELECT l."imageId", l."attribute", i."key", l."value", l."source", l."rev"
        FROM "Label" l CROSS JOIN "JobRun" r ON r."id" = l."jobRunId" CROSS JOIN "Image" i ON i."id" = l."imageId"
       WHERE (l."imageId" > ${imageId} OR (l."imageId" = ${imageId} AND l."attribute" > ${attribute}))
         AND l."source" = 'import' AND r."kind" = 'import-labels' AND r."payload"->>'source' = ${OWN_FILE} AND i."goneAt" IS NULL
         AND NOT EXISTS (${said(importId, sql`i."key"`)})
         AND NOT EXISTS (SELECT 1 FROM "FormerKey" f WHERE f."imageId" = i."id" AND EXISTS (${said(importId, sql`f."key"`)}))
       ORDER BY l."imageId", l."attribute" LIMIT ${limit}`,
  );
}

const said = (importId: number, key: ReturnType<typeof sql>) => sql`
  SELECT 1 FROM "LabelImportLine" s WHERE s."importId" = ${importId} AND s."told" = ${key} AND s."attribute" = l."attribute"`;
