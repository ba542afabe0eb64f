import type { ObjectHead, Storage } from "~/ports/storage.server";

/**
 * True when the object that was read is the one that a plan froze from a listing. Some stores, and proxies before them,
 * give an object another ETag in listings than in GET and HEAD; so where the two differ, a listing is asked again: the
 * object has not changed if its ETag there is still the planned one, and it is of the size and second of what was read.
 */
export async function isAsPlanned(
  storage: Storage,
  read: Pick<ObjectHead, "key" | "etag" | "bytes" | "modifiedAt">,
  plannedEtag: string,
  signal?: AbortSignal,
): Promise<boolean> {
  if (read.etag === plannedEtag) return true;
  // Of all keys that begin with it, the key itself comes first.
  for await (const { objects } of storage.list({ prefix: read.key, pageSize: 1, ...(signal && { signal }) })) {
    for (const { key, etag, bytes, modifiedAt } of objects) {
      const isSame = bytes === read.bytes && isSameSecond(modifiedAt, read.modifiedAt);
      return key === read.key && etag === plannedEtag && isSame;
    }
  }
  return false;
}

/** Whether two answers tell one time of change: HEAD and GET say no more than the second. */
export const isSameSecond = (a: Date, b: Date): boolean => second(a) === second(b);

const second = (date: Date) => Math.floor(date.getTime() / 1_000);
