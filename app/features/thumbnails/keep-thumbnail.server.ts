import type { Look, RenderedImage } from "~/features/images/pixels/read-image.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { Tx } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";

/** Long side in px: a card of 256 px on a screen of double density. */
export const THUMBNAIL_EDGE = 512;

/** An image as a plan or a claim froze it. */
export type Frozen = { id: number; key: string; etag: string };

/** The source's ETag rides along, so that a thumbnail's age can be told from S3 alone; the run, so that only its own undo removes it. */
export function putThumbnail(
  storage: Storage,
  { key, etag, runId }: Omit<Frozen, "id"> & { runId: number },
  { body, signal }: { body: Buffer; signal: AbortSignal },
) {
  return storage.put(thumbnailKey(key), body, {
    contentType: "image/webp",
    metadata: { "source-etag": etag, run: String(runId) },
    cacheControl: "private, max-age=300",
    signal,
  });
}

/** Writes what reading an image's bytes told, and that its thumbnail shows them, unless the row is about other bytes by now. */
export async function writeThumbnailFacts(tx: Tx, image: Frozen, rendered: RenderedImage & { ok: true }) {
  const { contentType, width, height, sha256, look } = rendered;
  const { count } = await updateFrozen(tx, image, {
    ...{ contentType, width, height, sha256 },
    readEtag: image.etag,
    unreadable: null,
    unreadableClass: null,
    archivedAs: null,
    thumbnailEtag: image.etag,
  });
  if (count > 0 && look) await rememberLook(tx, image, look);
}

function rememberLook(tx: Tx, { id, etag }: Frozen, { placeholder, perceptualHash }: Look) {
  const look = { etag, placeholder: placeholder && new Uint8Array(placeholder), perceptualHash };
  return tx.imageLook.upsert({ where: { imageId: id }, create: { imageId: id, ...look }, update: look });
}

/**
 * Not when an index run has meanwhile seen other bytes: what was read says nothing about those. Nor when the image has
 * moved: its thumbnail belongs elsewhere now.
 */
function updateFrozen(tx: Tx, { id, key, etag }: Frozen, data: Parameters<Tx["image"]["updateMany"]>[0]["data"]) {
  return tx.image.updateMany({ where: { id, key, etag }, data });
}
