import pMap from "p-map";
import type { Connection } from "./connection.server";
import { StorageError } from "./errors/storage-error.server";
import type { ListedContents } from "./listing/read-contents";
import { isArchiveClass, standIn, storageClassOf, withoutQuotes } from "./object-head.server";
import { headObject } from "./read-object.server";
import type { StoredObject } from "./types";

type Listed = ListedContents & { key: string };

/** Pages are listed side by side, so this many HEADs for each of them. */
const HEADS_A_PAGE = 4;

/**
 * The objects of a page in its order. Some stores leave out an ETag, a size or a date of an object here and there: that
 * one is asked by HEAD, and the others go on. What a HEAD no longer finds is left out; one whose HEAD is refused is known
 * by its size and date, if the listing has both.
 */
export async function completeObjects(
  connection: Connection,
  listed: Listed[],
  signal: AbortSignal | undefined,
): Promise<StoredObject[]> {
  const objects = listed.map((one) => toObject(one));
  const incomplete = listed.flatMap((one, at) => (objects[at] ? [] : [{ one, at }]));
  const ask = async ({ one, at }: { one: Listed; at: number }) => {
    objects[at] = await askObject(connection, one, signal);
  };
  await pMap(incomplete, ask, { concurrency: HEADS_A_PAGE });
  return objects.filter((object) => object !== null);
}

/** Null where something is missing. `etagOf`: what stands in for an ETag. */
function toObject(
  { key, etag, bytes, modifiedAt, storageClass, isRestored }: Listed,
  etagOf: (bytes: number, modifiedAt: Date) => string = () => "",
): StoredObject | null {
  if (bytes === undefined || Number.isNaN(bytes)) return null;
  if (modifiedAt === undefined || Number.isNaN(modifiedAt.getTime())) return null;
  const bare = withoutQuotes(etag ?? "") || etagOf(bytes, modifiedAt);
  if (bare === "") return null;
  const isArchived = isArchiveClass(storageClass) && !isRestored;
  return { key, etag: bare, bytes, modifiedAt, storageClass: storageClassOf(storageClass), isArchived };
}

async function askObject(
  connection: Connection,
  listed: Listed,
  signal: AbortSignal | undefined,
): Promise<StoredObject | null> {
  try {
    const head = await headObject(connection, listed.key, { signal });
    if (!head) return null;
    const { key, etag, bytes, modifiedAt, isArchived, storageClass } = head;
    return { key, etag, bytes, modifiedAt, isArchived, storageClass };
  } catch (error) {
    const known = toObject(listed, standIn);
    // Refused for this object alone: by a policy, or because it is encrypted with a key that its owner keeps.
    if (known && error instanceof StorageError && !error.retryable) return known;
    throw error;
  }
}
