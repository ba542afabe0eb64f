/** Snapshots and listings that are kept no longer, in SQLite's dialect. */

import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { jsonList, sql, valuesOf } from "~/ports/sql.server";

const DAY_MS = 24 * 60 * 60 * 1000;

const ids = z.tuple([z.object({ ids: jsonColumn(z.array(z.number())) })]);

/** A root's snapshots from before a time, but for the last of each day (UTC) and the newest of all. */
export async function findThinnable(db: Db, { root, before }: { root: string; before: Date }): Promise<number[]> {
  const found = await db.$queryRaw`
    SELECT ${jsonList(sql`"id"`, sql`"id"`)} AS "ids" FROM "GroupSnapshot"
     WHERE "root" = ${root} AND "takenAt" < ${before.getTime()} AND "id" NOT IN (
       SELECT max("id") FROM "GroupSnapshot" WHERE "root" = ${root} GROUP BY CAST("takenAt" / ${DAY_MS} AS INTEGER))`;
  return ids.parse(found)[0].ids;
}

/** What one statement removes at the most: freeing a listing's pages takes time by its size. */
const LISTINGS_AT_ONCE = 100;
const BYTES_AT_ONCE = 2_000_000;

const unnamed = z.array(z.object({ hash: z.string(), bytes: z.coerce.number() }));

/** Removes the listings that no snapshot names; returns how many. */
export async function removeUnnamedListings(db: Db, signal: AbortSignal): Promise<number> {
  const found = await db.$queryRaw`
    SELECT "hash", octet_length("objects") AS "bytes" FROM "ObjectListing" l
     WHERE NOT EXISTS (SELECT 1 FROM "Group" WHERE "listingHash" = l."hash")
       AND "hash" NOT IN (SELECT "straysHash" FROM "GroupSnapshot")`;
  let removed = 0;
  let hashes: string[] = [];
  let size = 0;
  const remove = async () => {
    signal.throwIfAborted();
    // An audit may have come to name one of them since.
    removed += await db.$executeRaw`
      DELETE FROM "ObjectListing" AS l WHERE "hash" IN ${valuesOf(hashes)}
         AND NOT EXISTS (SELECT 1 FROM "Group" WHERE "listingHash" = l."hash")
         AND "hash" NOT IN (SELECT "straysHash" FROM "GroupSnapshot")`;
    hashes = [];
    size = 0;
  };
  for (const { hash, bytes } of unnamed.parse(found)) {
    hashes.push(hash);
    size += bytes;
    if (hashes.length >= LISTINGS_AT_ONCE || size >= BYTES_AT_ONCE) await remove();
  }
  if (hashes.length > 0) await remove();
  return removed;
}
