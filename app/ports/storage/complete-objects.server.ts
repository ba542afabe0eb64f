import type { Connection } from "./connection.server.ts";
import { isArchiveClass, storageClassOf, withoutQuotes } from "./object-head.server.ts";
import type { ListedContents } from "./read-contents.ts";
import { headObject } from "./read-object.server.ts";
import type { StoredObject } from "./types.ts";

type Listed = ListedContents & { key: string };

/** Pages are listed side by side, so this many HEADs for each of them. */
const HEADS_A_PAGE = 4;

/**
 * The objects of a page in its order. Some stores leave out an ETag, a size or a date of an object here and there: that
 * one is asked by HEAD, and the others go on. What a HEAD no longer finds is left out.
 */
export async function completeObjects(
  connection: Connection,
  listed: Listed[],
  signal: AbortSignal | undefined,
): Promise<StoredObject[]> {
  const objects = listed.map(toObject);
  const incomplete = objects.flatMap((object, at) => (object ? [] : at)).values();
  const askNext = async () => {
    for (const at of incomplete) objects[at] = await askObject(connection, listed[at], signal);
  };
  await Promise.all(Array.from({ length: HEADS_A_PAGE }, askNext));
  return objects.filter((object) => object !== null);
}

/** Null where something is missing. */
function toObject({ key, etag, bytes, modifiedAt, storageClass, isRestored }: Listed): StoredObject | null {
  const bare = withoutQuotes(etag ?? "");
  if (bare === "" || bytes === undefined || Number.isNaN(bytes)) return null;
  if (modifiedAt === undefined || Number.isNaN(modifiedAt.getTime())) return null;
  const isArchived = isArchiveClass(storageClass) && !isRestored;
  return { key, etag: bare, bytes, modifiedAt, storageClass: storageClassOf(storageClass), isArchived };
}

async function askObject(
  connection: Connection,
  listed: Listed | undefined,
  signal: AbortSignal | undefined,
): Promise<StoredObject | null> {
  const head = listed && (await headObject(connection, listed.key, { signal }));
  if (!head) return null;
  const { key, etag, bytes, modifiedAt, isArchived } = head;
  return { key, etag, bytes, modifiedAt, isArchived, storageClass: head.storageClass };
}
