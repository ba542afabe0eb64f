import { z } from "zod";
import { groupBy } from "~/features/group-by";
import type { ImageQuery } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { jsonColumn } from "~/features/json-column";
import { type LabeledImage, type LabelOrigin, labelOrigin } from "~/features/labels/travel/formats/label-line";
import { nameActors } from "~/features/operators/name-actors.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import { alongIndex, idsInOrder, jsonList, jsonObject, sql } from "~/ports/sql.server";

const PAGE = 500;

/** A listed image with its labels, as an export takes it along. */
export type ExportedImage = LabeledImage & { id: number };

const images = z.array(z.object({ id: z.coerce.number(), key: z.string() }));
const label = z.object({
  imageId: z.number(),
  attribute: z.string(),
  value: z.string(),
  etag: z.string(),
  source: labelOrigin.shape.source,
  confidence: z.number().nullable(),
  acceptedBy: z.string(),
  acceptedAt: z.number(),
  folder: z.string().nullable(),
  promptName: z.string().nullable(),
  promptVersion: z.number().nullable(),
  promptHash: z.string().nullable(),
  model: z.string().nullable(),
  origin: jsonColumn(labelOrigin).nullable(),
});
const list = z.tuple([z.object({ rows: jsonColumn(z.array(label)) })]);
type Row = z.infer<typeof label>;

/** The newest answer of a run about an image says which model it was, else the prompt does. */
const model = sql`coalesce((
  SELECT c."modelVersion" FROM "ModelCall" c
   WHERE c."labelRunId" = l."labelRunId" AND c."imageId" = l."imageId" AND c."modelVersion" IS NOT NULL
   ORDER BY c."id" DESC LIMIT 1), p."settings"->>'model')`;

const columns = jsonObject({
  imageId: sql`l."imageId"`,
  attribute: sql`l."attribute"`,
  value: sql`l."value"`,
  etag: sql`l."etag"`,
  source: sql`l."source"`,
  confidence: sql`l."confidence"`,
  acceptedBy: sql`l."acceptedBy"`,
  acceptedAt: sql`l."acceptedAt"`,
  folder: sql`l."folder"`,
  promptName: sql`p."name"`,
  promptVersion: sql`p."version"`,
  promptHash: sql`p."hash"`,
  model,
  origin: sql`o."origin"`,
});
/**
 * Every listed image that has a label, in the order of keys (by their bytes), page by page. A label that was imported is told as the file
 * told it, so that what one server exports another exports alike.
 * @param only which images; without it all
 */
export function readLabeledImages(
  db: Db,
  only?: { query: ImageQuery; known: Known },
): AsyncGenerator<ExportedImage[], void> {
  return pagesByKey(PAGE, async (last: ExportedImage | undefined) => {
    const found = images.parse(
      await db.$queryRaw`
        SELECT i."id", i."key" FROM "Image" i ${alongIndex("Image_key_key")}
         WHERE i."key" > ${last?.key ?? ""} AND i."goneAt" IS NULL
           AND EXISTS (SELECT 1 FROM "Label" l WHERE l."imageId" = i."id")
           AND ${only ? imagesWhere(only.query, only.known) : sql`1 = 1`}
         ORDER BY i."key" LIMIT ${PAGE}`,
    );
    const rows = await readLabels(
      db,
      found.map(({ id }) => id),
    );
    return found.map(({ id, key }) => ({ id, key, labels: rows(id) }));
  });
}

async function readLabels(db: Db, ids: number[]): Promise<(imageId: number) => LabeledImage["labels"]> {
  const [{ rows }] = list.parse(
    await db.$queryRaw`
      SELECT ${jsonList(columns, sql`l."imageId", l."attribute"`)} AS "rows"
        FROM ${idsInOrder(ids)} asked CROSS JOIN "Label" l ON l."imageId" = asked."id"
        LEFT JOIN "LabelRun" r ON r."id" = l."labelRunId"
        LEFT JOIN "PromptVersion" p ON p."id" = r."promptVersionId"
        LEFT JOIN "LabelOrigin" o ON o."imageId" = l."imageId" AND o."attribute" = l."attribute" AND o."jobRunId" = l."jobRunId"`,
  );
  const nameOf = await nameActors(
    db,
    rows.map(({ acceptedBy }) => acceptedBy),
  );
  const ofImage = groupBy(rows, ({ imageId }) => String(imageId));
  return (imageId) =>
    (ofImage.get(String(imageId)) ?? []).map((row) => {
      const { attribute, value, etag } = row;
      return { attribute, value, etag, origin: row.origin ?? originOf(row, nameOf(row.acceptedBy)) };
    });
}

/** How a label came to be, from what is known of it here. */
function originOf(row: Row, by: string): LabelOrigin {
  const { source, confidence, promptName: name, promptVersion: version, promptHash: hash, model, folder } = row;
  return {
    source,
    by,
    at: new Date(row.acceptedAt).toISOString(),
    ...(confidence !== null && { confidence }),
    ...(name !== null && version !== null && hash !== null && { prompt: { name, version, hash } }),
    ...(model !== null && { model }),
    ...(folder !== null && { folder }),
  };
}
