import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Pace } from "~/features/pace";
import { writeInPieces, writeListInPieces } from "~/features/write-in-pieces.sql.server";
import type { Db, Tx } from "~/ports/db.server";
import { jsonArray, jsonList, rowId, rowsFrom, sql } from "~/ports/sql.server";
import type { IndexFacts } from "./object-facts";
import type { Total } from "./tally";

const columns = {
  dimension: "text",
  name: "text",
  ownerId: "text",
  storageClass: "text",
  objects: "integer",
  bytes: "integer",
} as const;

/** Adds to the totals of a snapshot that is being counted, piece by piece. */
export async function addTotals(
  db: Db,
  snapshotId: number,
  totals: Total[],
  { signal, pace }: { signal: AbortSignal; pace: Pace },
): Promise<void> {
  const add = (tx: Tx, some: Total[]) => tx.$executeRaw`
    INSERT INTO "StorageTotal" ("snapshotId", "dimension", "name", "ownerId", "storageClass", "objects", "bytes")
    SELECT ${snapshotId}, t."dimension", t."name", t."ownerId", t."storageClass", t."objects", t."bytes"
      FROM ${rowsFrom(some, columns)} t WHERE true
        ON CONFLICT ("snapshotId", "dimension", "name", "ownerId", "storageClass")
        DO UPDATE SET "objects" = "objects" + excluded."objects", "bytes" = "bytes" + excluded."bytes"`;
  await writeListInPieces(db, totals, add, { signal, pace });
}

/** `hold`: the lease under which it is done, if under one. */
type Writing = { signal: AbortSignal; hold?: (tx: Tx) => Promise<void> };

/** Removes a snapshot, its totals before it. */
export async function removeSnapshot(db: Db, id: number, { signal, hold }: Required<Writing>): Promise<void> {
  await removeTotals(db, id, { signal, hold });
  await db.$write(async (tx) => {
    await hold(tx);
    await tx.storageSnapshot.deleteMany({ where: { id } });
  });
}

/**
 * Removes totals of a snapshot, piece by piece.
 * @param dimension those of one dimension; without it all
 */
export const removeTotals = (db: Db, snapshotId: number, writing: Writing, dimension?: Total["dimension"]) =>
  writeInPieces(
    db,
    (tx, size) => tx.$executeRaw`
      DELETE FROM "StorageTotal" WHERE ${rowId} IN (
        SELECT ${rowId} FROM "StorageTotal" WHERE "snapshotId" = ${snapshotId}
           AND (${dimension ?? null} IS NULL OR "dimension" = ${dimension ?? null})
         LIMIT ${size})`,
    writing,
  );

const told = z.tuple([
  z.object({
    told: jsonColumn(z.array(z.tuple([z.number(), z.string().nullable(), z.string().nullable()]))),
  }),
]);

/**
 * What the image index knows of these objects otherwise than their keys say, by their place among them: whose they are,
 * and what their bytes are where they were read. One row comes back however many objects there are.
 */
export async function readOtherwise(
  db: Db,
  objects: readonly { key: string; owner: string | null; format: string }[],
): Promise<ReadonlyMap<number, IndexFacts>> {
  if (objects.length === 0) return new Map();
  const type = sql`CASE WHEN i."readEtag" = i."etag" THEN i."contentType" END`;
  const found = await db.$queryRaw`
    SELECT ${jsonList(jsonArray([sql`o."position"`, sql`i."ownerId"`, type]))} AS "told"
      FROM ${rowsFrom(objects, { key: "text", owner: "text", format: "text" })} o
      CROSS JOIN "Image" i ON i."key" = o."key"
     WHERE i."goneAt" IS NULL
       AND (i."ownerId" IS DISTINCT FROM o."owner" OR ${type} <> 'image/' || o."format")`;
  const [{ told: rows }] = told.parse(found);
  return new Map(
    rows.map(([at, owner, contentType]) => [at, { owner, format: contentType?.split("/").at(-1) ?? null }]),
  );
}
