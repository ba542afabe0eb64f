import { DomainError } from "~/features/domain-error";
import { loadPicture } from "~/features/labeling/prompts/shots.server";
import type { Db } from "~/ports/db.server";
import type { ModelImage } from "~/ports/model/model.server";
import type { Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";

/**
 * An image of the index as the model is shown it, with the ETag that it was indexed with.
 * @throws DomainError "not-found" for an image that is unknown, "conflict" for one that is gone, changed, or no picture
 */
export async function readTriedImage(
  { db, storage }: { db: Db; storage: Storage },
  { imageId, imageEdge, signal }: { imageId: number; imageEdge: number; signal?: AbortSignal },
): Promise<{ etag: string; picture: ModelImage }> {
  const image = await db.image.findUnique({ where: { id: imageId }, select: { key: true, etag: true } });
  if (!image) throw new DomainError("not-found", `There is no image ${imageId}.`);
  const refuse = (what: string) =>
    `The image ${quoteKey(image.key)} ${what}. Choose another one, or index the bucket again.`;
  return {
    etag: image.etag,
    picture: await loadPicture(storage, image, { imageEdge, signal, refuse, since: "it was indexed" }),
  };
}
