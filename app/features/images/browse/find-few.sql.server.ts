import { z } from "zod";
import { toMatchQuery } from "~/features/images/text/search-text";
import type { Db } from "~/ports/db.server";
import { rowId, type Sql, sql, valuesOf } from "~/ports/sql.server";
import type { ImageQuery } from "./image-query";
import { imagesWhere, type Known } from "./image-query.sql.server";

/** So many images are sorted in some 10 ms; more are rather walked in the order of the list. */
const FEW = 6_000;
const counts = z.tuple([z.object({ found: z.coerce.number() })]);

/** The ids of what one field of a query finds by an index of its own. */
type Source = { field: "text" | "labelRun" | "label" | "owner" | "kind" | "root" | "prefix" | "gone"; ids: Sql };

function sourcesOf(query: ImageQuery, known: Known): Source[] {
  const { text, label, labelRun, owner, unowned, kind, root, group, prefix, gone } = query;
  const part = (field: Source["field"], some: ImageQuery): Source => ({
    field,
    ids: sql`SELECT i."id" FROM "Image" i WHERE ${imagesWhere(some, known)}`,
  });
  const calls = sql`SELECT DISTINCT "imageId" AS "id" FROM "ModelCall" WHERE "labelRunId" = ${labelRun ?? 0}`;
  return [
    ...(text === undefined ? [] : [textSource(text)]),
    ...(labelRun === undefined ? [] : [{ field: "labelRun" as const, ids: calls }]),
    ...(label ? [labelSource(label)] : []),
    ...(owner && !unowned ? [part("owner", { owner })] : []),
    ...(unowned && !owner ? [part("owner", { unowned })] : []),
    ...(kind ? [part("kind", { kind })] : []),
    ...(root === undefined ? [] : [part("root", { root, group })]),
    ...(prefix === undefined ? [] : [part("prefix", { prefix })]),
    ...(gone ? [part("gone", { gone })] : []),
  ];
}

/** The images, gone ones too, whose words match. */
export function textSource(text: string): Source {
  return {
    field: "text",
    ids: sql`SELECT ${rowId} AS "id" FROM "ImageText" WHERE "ImageText" MATCH ${toMatchQuery(text)}`,
  };
}

/** The images that have one of the values of the first attribute. */
function labelSource(labels: NonNullable<ImageQuery["label"]>): Source {
  const attribute = labels[0]?.attribute ?? "";
  const values = labels.filter((label) => label.attribute === attribute).map(({ value }) => value);
  return {
    field: "label",
    ids: sql`SELECT "imageId" AS "id" FROM "Label" WHERE "attribute" = ${attribute} AND "value" IN ${valuesOf(values)}`,
  };
}

/**
 * A source of few ids that holds all images of the query; null: each of its fields finds many.
 * @param most how many are few: as many as are sorted sooner than others are found in the order of a list
 */
export async function findFew(db: Db, query: ImageQuery, known: Known, most = FEW): Promise<Source | null> {
  for (const source of sourcesOf(query, known)) {
    const found = await db.$queryRaw`SELECT count(*) AS "found" FROM (${source.ids} LIMIT ${most + 1})`;
    if (counts.parse(found)[0].found <= most) return source;
  }
  return null;
}
