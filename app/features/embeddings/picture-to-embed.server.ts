import { type RenderedImage, toModelJpeg, type Unreadable } from "~/features/images/pixels/read-image.server";
import { renderOriginal } from "~/features/images/pixels/render-original.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import { isStorageError } from "~/features/storage-failure";
import { THUMBNAIL_EDGE } from "~/features/thumbnails/keep-thumbnail.server";
import type { Ports } from "~/ports/index.server";
import type { Frozen } from "./keep-vectors.server";

/** A thumbnail is some 30 kB; what is so much larger is none of ours. */
const LARGEST_THUMBNAIL_BYTES = 4 * 1024 * 1024;

/**
 * An image as a model is shown it to make its vector: a JPEG of at most 512 px, of its thumbnail where that shows these very bytes, for
 * originals are a hundred times as large; else of the original. Or how its item ends without one.
 */
export async function pictureToEmbed(
  ports: Pick<Ports, "storage" | "db">,
  image: Frozen & { thumbnailEtag: string | null },
  signal: AbortSignal,
): Promise<RenderedImage | Unreadable | ItemResult> {
  const make = (bytes: Buffer) => toModelJpeg(bytes, THUMBNAIL_EDGE, signal);
  const thumbnail = image.thumbnailEtag === image.etag ? await readThumbnail(ports, image, signal) : null;
  const picture = thumbnail && (await make(thumbnail));
  return picture?.ok ? picture : renderOriginal(ports, image, make, signal);
}

/** Null where it is not there, or not of these bytes: the original tells more. */
async function readThumbnail(
  { storage }: Pick<Ports, "storage">,
  { key, etag }: Frozen,
  signal: AbortSignal,
): Promise<Buffer | null> {
  try {
    const { head, body } = await storage.get(thumbnailKey(key), { maxBytes: LARGEST_THUMBNAIL_BYTES, signal });
    return head.metadata["source-etag"] === etag ? body : null;
  } catch (error) {
    if (!isStorageError(error)) throw error;
    return null;
  }
}
