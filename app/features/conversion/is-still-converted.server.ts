import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import type { ObjectHead, Storage } from "~/ports/storage.server";

/**
 * Whether an image still is what it was converted to. Its ETag was kept as HEAD tells it; its row may have another one for the same object since an
 * index run, for some stores list objects under other ETags.
 * @param there the object at its key as it is looked at now; null: none, and then its row alone tells
 */
export async function isStillConverted(
  storage: Storage,
  { etag, rowEtag, there }: { etag: string; rowEtag: string; there: ObjectHead | null },
  signal: AbortSignal,
): Promise<boolean> {
  if (there === null) return rowEtag === etag;
  return there.etag === etag && (rowEtag === etag || (await isAsPlanned(storage, there, rowEtag, signal)));
}
