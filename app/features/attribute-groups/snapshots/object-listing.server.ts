import { createHash } from "node:crypto";
import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import type { StoredObject } from "~/ports/storage.server";
import type { ListingEntry } from "./diff-snapshots";

/** What lay below a prefix, by its content: the same objects have the same hash, whatever folder they lie in. */
export type ObjectListing = { hash: string; objects: string };

const storedEntries = jsonColumn(z.array(z.tuple([z.string(), z.string(), z.number()])));

/** @param objects in key order, all below `prefix` */
export function toListing(
  prefix: string,
  objects: readonly StoredObject[],
): ObjectListing & { entries: ListingEntry[] } {
  const entries = objects.map(({ key, etag, bytes }): ListingEntry => [key.slice(prefix.length), etag, bytes]);
  const text = JSON.stringify(entries);
  return { hash: createHash("sha256").update(text).digest("hex"), objects: text, entries };
}

/** What is kept of listings, by hash. A snapshot's listings are kept as long as it is. */
export async function readListings(db: Db, hashes: string[]): Promise<Map<string, ListingEntry[]>> {
  const rows = await db.objectListing.findMany({ where: { hash: { in: hashes } } });
  return new Map(rows.map(({ hash, objects }) => [hash, storedEntries.parse(objects)]));
}
