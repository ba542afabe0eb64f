import { isTracked } from "~/features/images/key-layout";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { isStorageError } from "~/features/storage-failure";
import type { Ports } from "~/ports/index.server";
import type { Move } from "./object-move";

/**
 * Copies the thumbnail to where the target's lies.
 * @returns which bytes it shows, as the source's row says; null when there is none to follow
 */
export async function copyThumbnail(
  { db, storage }: Ports,
  { from, fromEtag, to }: Pick<Move, "from" | "fromEtag" | "to">,
  toEtag: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (!isTracked(from) || !isTracked(to)) return null;
  const row = await db.image.findUnique({ where: { key: from }, select: { thumbnailEtag: true } });
  const shown = row?.thumbnailEtag ?? null;
  if (shown === null) return null;
  try {
    const follows = shown === fromEtag ? toEtag : shown;
    const head = await storage.head(thumbnailKey(from), { signal });
    const shows = head?.metadata["source-etag"] ?? shown;
    if (head === null || shows !== shown) {
      // It went there in a time that the database does not know; at the source lies none, or another image's by now.
      const there = await storage.head(thumbnailKey(to), { signal });
      return there?.metadata["source-etag"] === follows ? shown : null;
    }
    const replace = {
      ...head,
      contentType: head.contentType ?? "image/webp",
      metadata: { ...head.metadata, "source-etag": follows },
    };
    await storage.copy(thumbnailKey(from), thumbnailKey(to), { replace, signal });
    return shown;
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") return null;
    throw error;
  }
}

/** Deletes the source's thumbnail, if its image has one at the target. One that stays is in no one's way. */
export async function deleteThumbnail(
  { db, storage, log }: Ports,
  { from, to }: Pick<Move, "from" | "to">,
  signal: AbortSignal,
): Promise<void> {
  if (!isTracked(from) || !isTracked(to)) return;
  const row = await db.image.findUnique({ where: { key: to }, select: { thumbnailEtag: true } });
  if (!row?.thumbnailEtag) return;
  try {
    await storage.delete(thumbnailKey(from), { signal });
  } catch (error) {
    if (!isStorageError(error)) throw error;
    log.warn({ err: error, key: from }, "a moved image's old thumbnail stays");
  }
}
