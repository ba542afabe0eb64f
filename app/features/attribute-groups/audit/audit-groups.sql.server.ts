/**
 * The rows of an audit's snapshot, in SQLite's dialect: all of them travel as one JSON parameter, so that a root of
 * thousands of groups is a short transaction.
 */
import { z } from "zod";
import type { ObjectListing } from "~/features/attribute-groups/snapshots/object-listing.server";
import type { Db, Tx } from "~/ports/db.server";
import { rowsFrom, valuesOf } from "~/ports/sql.server";
import type { GroupRow } from "./audit-snapshot.server";

const groupColumns = {
  prefix: "text",
  name: "text",
  attributes: "text",
  problem: "text",
  objects: "integer",
  images: "integer",
  bytes: "integer",
  newestAt: "integer",
  referenceKey: "text",
  referenceEtag: "text",
  listingHash: "text",
} as const;

/** True when the snapshot's groups are exactly these. */
export async function hasSameGroups(db: Db, snapshotId: number, rows: GroupRow[]): Promise<boolean> {
  const found = await db.$queryRaw`
    SELECT (SELECT count(*) FROM "Group" WHERE "snapshotId" = ${snapshotId}) AS "stored",
           (SELECT count(*) FROM (
             SELECT "prefix", "name", "attributes", "problem", "objects", "images", "bytes", "newestAt",
                    "referenceKey", "referenceEtag", "listingHash" FROM "Group" WHERE "snapshotId" = ${snapshotId}
             INTERSECT
             SELECT "prefix", "name", "attributes", "problem", "objects", "images", "bytes", "newestAt",
                    "referenceKey", "referenceEtag", "listingHash" FROM ${rowsFrom(rows, groupColumns)})) AS "same"`;
  const [{ stored, same }] = z.tuple([z.object({ stored: z.coerce.number(), same: z.coerce.number() })]).parse(found);
  return stored === rows.length && same === rows.length;
}

export async function insertGroups(tx: Tx, snapshotId: number, rows: GroupRow[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Group" ("snapshotId", "prefix", "name", "attributes", "problem", "objects", "images", "bytes",
                         "newestAt", "referenceKey", "referenceEtag", "listingHash")
    SELECT ${snapshotId}, "prefix", "name", "attributes", "problem", "objects", "images", "bytes", "newestAt",
           "referenceKey", "referenceEtag", "listingHash" FROM ${rowsFrom(rows, groupColumns)}`;
}

/** A listing is written in a transaction with others, so many or of this size together, so that no write blocks others for long. */
const LISTINGS_AT_ONCE = 1_000;
const LISTINGS_CHARACTERS = 250_000;

/**
 * Keeps listings that are not known yet. They come before the snapshot that names them; one that no snapshot comes to
 * name (the process ended in between) is found by the next audit that sees the same.
 */
export async function insertListings(
  db: Pick<Db, "$queryRaw" | "$executeRaw">,
  listings: ReadonlyMap<string, ObjectListing>,
): Promise<void> {
  const known = await db.$queryRaw<{ hash: string }[]>`
    SELECT "hash" FROM "ObjectListing" WHERE "hash" IN ${valuesOf([...listings.keys()])}`;
  const unknown = new Map(listings);
  for (const { hash } of known) unknown.delete(hash);
  let waiting: { hash: string; objects: string }[] = [];
  let characters = 0;
  const write = async () => {
    await db.$executeRaw`
      INSERT INTO "ObjectListing" ("hash", "objects")
      SELECT "hash", "objects" FROM ${rowsFrom(waiting, { hash: "text", objects: "text" })} WHERE true
          ON CONFLICT ("hash") DO NOTHING`;
    waiting = [];
    characters = 0;
  };
  for (const { hash, objects } of unknown.values()) {
    waiting.push({ hash, objects });
    characters += objects.length;
    if (waiting.length >= LISTINGS_AT_ONCE || characters >= LISTINGS_CHARACTERS) await write();
  }
  if (waiting.length > 0) await write();
}
