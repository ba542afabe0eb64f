import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { alongIndex, type Sql, sql, valuesOf } from "~/ports/sql.server";
import type { ImageField, ImageQuery } from "./image-query";
import { imagesWhere, type Known } from "./image-query.sql.server";
import { labeledByExample, labeledByVersion } from "./labeled-by.sql.server";
import { sourcesOfText } from "./search-images.sql.server";

/** So many images are sorted in some 10 ms; more are rather walked in the order of the list. */
const FEW = 6_000;
const counts = z.tuple([z.object({ found: z.coerce.number() })]);

/**
 * The ids of what some fields of a query find by an index of their own; `isTextAlone`: just what its text finds. `some`: a
 * part of them that is found sooner.
 */
export type Source = { ids: Sql; some: Sql | null; isTextAlone: boolean };

/** Fields that find their images by an index, which is named: the planner takes "is listed", as nearly all are, for rare. */
const indexes = [
  { fields: ["root", "group"], index: "Image_key_key" },
  { fields: ["prefix"], index: "Image_key_key" },
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

/** The fields of a query that have an index, as sources that each hold all its images, be they many. */
export async function sourcesOf(db: Db, query: ImageQuery, known: Known): Promise<Source[]> {
  const { text, label, labelRun, promptVersion, example, owner, unowned, gone } = query;
  const other = (ids: Sql): Source => ({ ids, some: null, isTextAlone: false });
  const ofText = text === undefined ? [] : await sourcesOfText(db, text, known.attributes);
  const isOneWay = !(owner && unowned);
  return [
    ...ofText.map(({ isExact, ...source }) => ({ ...source, isTextAlone: isExact })),
    ...(labelRun === undefined
      ? []
      : [other(sql`SELECT DISTINCT "imageId" AS "id" FROM "ModelCall" WHERE "labelRunId" = ${labelRun}`)]),
    ...(promptVersion === undefined ? [] : [other(labeledByVersion(promptVersion))]),
    ...(example === undefined ? [] : [other(labeledByExample(example))]),
    ...(label ? [labelSource(label)] : []),
    ...(gone ? [other(sql`SELECT i."id" FROM "Image" i WHERE i."goneAt" IS NOT NULL`)] : []),
    ...indexes
      .filter(({ fields }) => fields.some((field) => query[field] !== undefined) && (isOneWay || fields[0] !== "owner"))
      .map(({ fields, index }) => {
        const some = Object.fromEntries([...fields, "gone" as const].map((field) => [field, query[field]]));
        return other(sql`SELECT i."id" FROM "Image" i ${alongIndex(index)} WHERE ${imagesWhere(some, known)}`);
      }),
  ];
}

/** The images that have one of the values of the first attribute. */
function labelSource(labels: NonNullable<ImageQuery["label"]>): Source {
  const attribute = labels[0]?.attribute ?? "";
  const values = labels.filter((label) => label.attribute === attribute).map(({ value }) => value);
  return {
    isTextAlone: false,
    some: null,
    ids: sql`SELECT "imageId" AS "id" FROM "Label" WHERE "attribute" = ${attribute} AND "value" IN ${valuesOf(values)}`,
  };
}

/**
 * The first source of few ids; null: each finds many.
 * @param most how many are few: as many as are sorted sooner than others are found in the order of a list
 */
export async function findFew(db: Db, sources: readonly Source[], most = FEW): Promise<Source | null> {
  const isMore = async (ids: Sql) =>
    counts.parse(await db.$queryRaw`SELECT count(*) AS "found" FROM (${ids} LIMIT ${most + 1})`)[0].found > most;
  for (const source of sources) {
    if (source.some && (await isMore(source.some))) continue;
    if (!(await isMore(source.ids))) return source;
  }
  return null;
}
