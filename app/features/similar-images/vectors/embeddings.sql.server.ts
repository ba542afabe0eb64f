/** What is read of embeddings: rows that never change, under ids that are never given again. */

import { z } from "zod";
import { findFew, sourcesOf } from "~/features/images/query/find-few.sql.server";
import type { ImageQuery } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { alongIds, idsInOrder, jsonList, sql, valuesOf } from "~/ports/sql.server";
import type { Space } from "./space";

const models = z.array(z.object({ model: z.string() }));
const counts = z.tuple([z.object({ rows: z.coerce.number() })]);
const rows = z.array(
  z.object({
    id: z.coerce.number(),
    imageId: z.coerce.number(),
    dimensions: z.coerce.number(),
    vector: z.instanceof(Uint8Array),
  }),
);
export type EmbeddingRow = z.infer<typeof rows>[number];

/** The models that have vectors: one look into the index for each. */
export async function readModels(db: Db): Promise<string[]> {
  const found = await db.$queryRaw`
    WITH RECURSIVE m("model") AS (
      SELECT min("model") FROM "ImageEmbedding"
      UNION ALL
      SELECT (SELECT min(e."model") FROM "ImageEmbedding" e WHERE e."model" > m."model") FROM m WHERE m."model" IS NOT NULL)
    SELECT "model" FROM m WHERE "model" IS NOT NULL`;
  return models.parse(found).map(({ model }) => model);
}

const newest = z.array(z.object({ id: z.coerce.number(), dimensions: z.coerce.number() })).max(1);

/** The newest vector of a model, or null. */
export async function readNewest(db: Db, model: string): Promise<{ id: number; dimensions: number } | null> {
  const found = await db.$queryRaw`
    SELECT "id", "dimensions" FROM "ImageEmbedding" WHERE "model" = ${model} ORDER BY "id" DESC LIMIT 1`;
  return newest.parse(found)[0] ?? null;
}

/** How many rows of a model have an id above one and at most another, whatever their dimensions; no more than `most` are counted. */
export async function countRows(
  db: Db,
  model: string,
  { above = 0, upTo = Number.MAX_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER },
): Promise<number> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "rows" FROM (
      SELECT 1 FROM "ImageEmbedding" WHERE "model" = ${model} AND "id" > ${above} AND "id" <= ${upTo} LIMIT ${most})`;
  return counts.parse(found)[0].rows;
}

/** Whether a space has a vector. Where a model has only others, all of its rows are looked at: some 100 ms of a million. */
export async function hasRows(db: Db, { model, dimensions }: Space): Promise<boolean> {
  const found = await db.$queryRaw`
    SELECT count(*) AS "rows" FROM (
      SELECT 1 FROM "ImageEmbedding" WHERE "model" = ${model} AND "dimensions" = ${dimensions} LIMIT 1)`;
  return counts.parse(found)[0].rows > 0;
}

/** The next rows of a model, of any dimensions, in the order of their ids. */
export async function readRowsAfter(db: Db, model: string, after: number, limit: number): Promise<EmbeddingRow[]> {
  const found = await db.$queryRaw`
    SELECT "id", "imageId", "dimensions", "vector" FROM "ImageEmbedding"
     WHERE "model" = ${model} AND "id" > ${after} ORDER BY "id" LIMIT ${limit}`;
  return rows.parse(found);
}

/** The rows of these ids that are there, of any model. */
export async function readRowsOf(db: Db, ids: readonly number[]): Promise<(EmbeddingRow & { model: string })[]> {
  const found = await db.$queryRaw`
    SELECT "id", "imageId", "model", "dimensions", "vector" FROM "ImageEmbedding" WHERE "id" IN ${valuesOf(ids)}`;
  return z.array(rows.element.extend({ model: z.string() })).parse(found);
}

/** Those of some rows that are there, are of this space, and whose images a query finds at this moment. */
export async function readMatching(
  db: Db,
  ids: readonly number[],
  { space, query, known }: { space: Space; query: ImageQuery; known: Known },
): Promise<EmbeddingRow[]> {
  if (ids.length === 0) return [];
  const found = await db.$queryRaw`
    SELECT e."id", e."imageId", e."dimensions", e."vector"
      FROM ${idsInOrder(ids)} p CROSS JOIN "ImageEmbedding" e ON e."id" = p."id" CROSS JOIN "Image" i ON i."id" = e."imageId"
     WHERE e."model" = ${space.model} AND e."dimensions" = ${space.dimensions} AND ${imagesWhere(query, known)}`;
  return rows.parse(found);
}

/** Images that one statement looks at where no index tells: some 10 ms, in which the process can do nothing else. */
const STRETCH = 4_000;
const picked = z.tuple([z.object({ ids: jsonColumn(z.array(z.number())) })]);
const ends = z.tuple([z.object({ last: z.coerce.number() })]);

/**
 * The ids of the images that a query finds, if an index of one of its fields tells that they are at most so many.
 * @returns null: they may be more, or every image
 */
export async function findFewImages(
  db: Db,
  query: ImageQuery,
  { known, most }: { known: Known; most: number },
): Promise<number[] | null> {
  const sources = await sourcesOf(db, query, known);
  if (sources === null) return [];
  const few = await findFew(db, sources, most);
  if (!few) return null;
  const found = await db.$queryRaw`
    SELECT ${jsonList(sql`i."id"`)} AS "ids"
      FROM (${few.ids}) few CROSS JOIN "Image" i ON i."id" = few."id" WHERE ${imagesWhere(query, known)}`;
  return picked.parse(found)[0].ids;
}

/** The same of a query that may find many, stretch by stretch of all images. */
export async function* walkImages(db: Db, query: ImageQuery, known: Known): AsyncGenerator<number[]> {
  const [{ last }] = ends.parse(await db.$queryRaw`SELECT coalesce(max("id"), 0) AS "last" FROM "Image"`);
  for (let after = 0; after < last; after += STRETCH) {
    const found = await db.$queryRaw`
      SELECT ${jsonList(sql`i."id"`)} AS "ids" FROM "Image" i ${alongIds}
       WHERE i."id" > ${after} AND i."id" <= ${after + STRETCH} AND ${imagesWhere(query, known)}`;
    yield picked.parse(found)[0].ids;
  }
}

const sequence = z.array(z.object({ last: z.coerce.number() }));

/** The highest id that this database has ever given to a vector; 0: none. A database of an earlier moment gives ids again. */
export async function readLastGivenId(db: Db): Promise<number> {
  const found = await db.$queryRaw`SELECT "seq" AS "last" FROM "sqlite_sequence" WHERE "name" = 'ImageEmbedding'`;
  return sequence.parse(found)[0]?.last ?? 0;
}
