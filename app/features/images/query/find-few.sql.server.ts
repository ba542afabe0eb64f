import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { alongIndex, type Sql, sql, valuesOf } from "~/ports/sql.server";
import type { ImageField, ImageQuery } from "./image-query";
import { fieldsWhere, imagesWhere, type Known } from "./image-query.sql.server";
import { labeledByExample, labeledByVersion } from "./labeled-by.sql.server";
import { sourcesOfText } from "./search-images.sql.server";

/** So many images are sorted in some 10 ms; more are rather walked in the order of the list. */
const FEW = 6_000;
const counts = z.tuple([z.object({ found: z.coerce.number() })]);

/** The ids of what some fields of a query find by an index of their own. */
export type Source = {
  ids: Sql;
  /** Just what the query's text finds. */
  isTextAlone: boolean;
  /** They come one by one, so that a few of them are found at once. */
  isQuick: boolean;
};

/** An index of keys does not say which images are listed; to look that up for each would take longer than to find them. */
const byKey = "Image_key_key";

/** Fields that find their images by an index, which is named: the planner takes "is listed", as nearly all are, for rare. */
const indexes = [
  { fields: ["root", "group"], index: byKey },
  { fields: ["prefix"], index: byKey },
  { fields: ["owner", "unowned"], index: "Image_ownerId_goneAt_createdAt_id_bytes_idx" },
  { fields: ["unreadable"], index: "Image_unreadableClass_idx" },
  { fields: ["thumbnail"], index: "Image_thumbnailState_idx" },
  { fields: ["format"], index: "Image_format_idx" },
  { fields: ["kind"], index: "Image_kind_goneAt_createdAt_idx" },
  { fields: ["minWidth", "maxWidth"], index: "Image_width_idx" },
  { fields: ["minHeight", "maxHeight"], index: "Image_height_idx" },
  { fields: ["minBytes", "maxBytes"], index: "Image_goneAt_bytes_idx" },
  { fields: ["since", "until"], index: "Image_goneAt_createdAt_idx" },
] as const satisfies { fields: ImageField[]; index: string }[];

/**
 * The fields of a query that have an index, as sources that each hold all its images, be they many; null: its text has a word
 * that nothing has.
 */
export async function sourcesOf(db: Db, query: ImageQuery, known: Known): Promise<Source[] | null> {
  const ofText = query.text === undefined ? [] : await sourcesOfText(db, query.text, known.attributes);
  if (ofText === null) return null;
  return [
    ...ofText.map(({ isExact, ...source }) => ({ ...source, isTextAlone: isExact })),
    ...sourcesBesideText(query, known),
  ];
}

/** The same without the query's text, which asks the database nothing. */
export function sourcesBesideText(query: ImageQuery, known: Known): Source[] {
  const { label, labelSource, labelRun, promptVersion, example, owner, unowned, gone } = query;
  const other = (ids: Sql): Source => ({ ids, isTextAlone: false, isQuick: true });
  const isOneWay = !(owner && unowned);
  const [from] = labelSource?.length === 1 ? labelSource : [];
  return [
    ...(labelRun === undefined
      ? []
      : [other(sql`SELECT DISTINCT "imageId" AS "id" FROM "ModelCall" WHERE "labelRunId" = ${labelRun}`)]),
    ...(promptVersion === undefined ? [] : [other(labeledByVersion(promptVersion))]),
    ...(example === undefined ? [] : [other(labeledByExample(example))]),
    ...(label ? [other(labeledWith(label))] : []),
    ...(from?.source === "none" ? [other(unlabeled(from.attribute))] : []),
    ...(gone ? [other(sql`SELECT i."id" FROM "Image" i WHERE i."goneAt" IS NOT NULL`)] : []),
    ...indexes
      .filter(({ fields }) => fields.some((field) => query[field] !== undefined) && (isOneWay || fields[0] !== "owner"))
      .map(({ fields, index }) => {
        const some = Object.fromEntries([...fields, "gone" as const].map((field) => [field, query[field]]));
        const where = index === byKey ? fieldsWhere(some, known) : imagesWhere(some, known);
        return other(sql`SELECT i."id" FROM "Image" i ${alongIndex(index)} WHERE ${where}`);
      }),
  ];
}

/** The images that have one of the values of the first attribute. */
function labeledWith(labels: NonNullable<ImageQuery["label"]>): Sql {
  const attribute = labels[0]?.attribute ?? "";
  const values = labels.filter((label) => label.attribute === attribute).map(({ value }) => value);
  return sql`SELECT "imageId" AS "id" FROM "Label" WHERE "attribute" = ${attribute} AND "value" IN ${valuesOf(values)}`;
}

/** The images without a label of an attribute, which are only in blocks of ids that have fewer of them than ids (LabelTally). */
const unlabeled = (attribute: string) => sql`
  WITH RECURSIVE block AS (
    SELECT 0 AS "block", (SELECT max("id") FROM "Image") AS "lastId"
    UNION ALL SELECT "block" + 1, "lastId" FROM block WHERE ("block" + 1) * 1024 <= "lastId")
  SELECT i."id" FROM block b CROSS JOIN "Image" i ON i."id" BETWEEN b."block" * 1024 AND b."block" * 1024 + 1023
   WHERE coalesce((SELECT t."labels" FROM "LabelTally" t WHERE t."attribute" = ${attribute} AND t."block" = b."block"), 0)
         <= min("lastId", b."block" * 1024 + 1023) - max(1, b."block" * 1024)
     AND NOT EXISTS (SELECT 1 FROM "Label" l WHERE l."imageId" = i."id" AND l."attribute" = ${attribute})`;

/**
 * The first source of few ids; null: each finds many.
 * @param most how many are few: as many as are sorted sooner than others are found in the order of a list
 */
export async function findFew(db: Db, sources: readonly Source[], most = FEW): Promise<Source | null> {
  const isMore = async (ids: Sql) =>
    counts.parse(await db.$queryRaw`SELECT count(*) AS "found" FROM (${ids} LIMIT ${most + 1})`)[0].found > most;
  for (const source of sources) if (!(await isMore(source.ids))) return source;
  return null;
}
