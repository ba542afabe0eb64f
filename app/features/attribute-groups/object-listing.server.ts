import { createHash } from "node:crypto";
import { z } from "zod";
import type { StoredObject } from "~/ports/storage.server";
import type { ListedObject } from "./snapshot-changes";

/** What lay below a prefix, by its content: the same objects have the same hash, whatever folder they lie in. */
export type ObjectListing = { hash: string; objects: string };

const entries = z.array(z.tuple([z.string(), z.string(), z.number()]));

/** @param objects in key order, all below `prefix` */
export function toListing(prefix: string, objects: readonly StoredObject[]): ObjectListing {
  const text = JSON.stringify(objects.map(({ key, etag, bytes }) => [key.slice(prefix.length), etag, bytes]));
  return { hash: createHash("sha256").update(text).digest("hex"), objects: text };
}

/** The objects of a stored listing, as they lay below `prefix`. */
export function fromListing(prefix: string, objects: string): ListedObject[] {
  return entries.parse(JSON.parse(objects)).map(([rest, etag, bytes]) => ({ key: prefix + rest, etag, bytes }));
}
