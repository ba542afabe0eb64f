import { isDeepStrictEqual } from "node:util";
import { LISTED_ARCHIVE_CLASSES } from "~/features/images/archived";
import type { Found } from "~/features/images/objects/object-content.server";
import type { ObjectExtras } from "~/features/images/objects/object-extras";
import { isStorageError } from "~/features/storage-failure";
import type { Storage, Written } from "~/ports/storage.server";
import type { Move } from "./object-move";
import { markCopy, withoutMark } from "./own-copy.server";

/** An object as it was read, with what hangs on it, and where it goes. */
type Copy = {
  move: Pick<Move, "from" | "fromEtag" | "to" | "isUndo">;
  source: Pick<Found, "head" | "body" | "sha256">;
  extras: ObjectExtras;
  context: { signal: AbortSignal };
  /** It is known for ours by its mark alone, so it is rather not put than without. */
  needsMark?: boolean;
};

/** `put`, unless the key is taken. */
export async function putNew(storage: Storage, copy: Copy): Promise<Written | "exists"> {
  try {
    return await put(storage, copy, { createOnly: true });
  } catch (error) {
    if (isStorageError(error) && error.code === "exists") return "exists";
    throw error;
  }
}

/**
 * Puts the object with all that hangs on it; without its tags, its ACL, or both, where the store refuses them. A store that takes
 * less metadata than is known of stores gets the object's own, without our mark: a move must not fail by that.
 */
export async function put(storage: Storage, copy: Copy, options: { createOnly?: boolean } = {}): Promise<Written> {
  const { metadata } = copy.source.head;
  const marked = markCopy(metadata, copy.move, copy.source.sha256);
  const plain = withoutMark(metadata);
  try {
    return await putWith(storage, copy, { metadata: marked, ...options });
  } catch (error) {
    if (copy.needsMark || isDeepStrictEqual(marked, plain)) throw error;
    if (!isStorageError(error) || error.code !== "invalid") throw error;
    return putWith(storage, copy, { metadata: plain, ...options });
  }
}

async function putWith(
  storage: Storage,
  { move, source: { head, body }, extras, context: { signal } }: Copy,
  options: { metadata: Record<string, string>; createOnly?: boolean },
): Promise<Written> {
  // What S3 itself says of an object that was stored without a type.
  const contentType = head.contentType ?? "binary/octet-stream";
  // What was restored from an archive would lie in it again, where its copy cannot be compared.
  const storageClass = LISTED_ARCHIVE_CLASSES.includes(head.storageClass ?? "") ? null : head.storageClass;
  const plain = { ...head, contentType, storageClass, ...options, signal };
  for (const kept of partsOf(extras)) {
    try {
      return await storage.put(move.to, body, { ...plain, ...kept });
    } catch (error) {
      if (!isStorageError(error) || !refusals.includes(error.code)) throw error;
    }
  }
  return storage.put(move.to, body, plain);
}

/** All of it, then each part alone. */
function partsOf({ tags, acl }: ObjectExtras): ObjectExtras[] {
  if (tags === undefined && acl === undefined) return [];
  return tags && acl ? [{ tags, acl }, { acl }, { tags }] : [{ tags, acl }];
}

const refusals = ["denied", "not-implemented", "acl-disabled", "invalid"];
