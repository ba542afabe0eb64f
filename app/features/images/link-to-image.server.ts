import { DomainError } from "~/features/domain-error";
import type { Db } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";
import { baseName } from "./key-layout";
import { thumbnailKey } from "./thumbnail-key.server";

/** Links stay the same within a window, so that browsers cache what they lead to. */
const WINDOW_SECONDS = 3600;

/** What browsers may show in place; anything else (SVG can carry scripts) is only ever downloaded. */
const SHOWN_IN_PLACE = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

type Deps = { db: Db; storage: Storage };

/**
 * A presigned link to an image's thumbnail.
 * @throws DomainError "not-found": no such image, or no thumbnail, with the reason
 */
export async function linkToThumbnail({ db, storage }: Deps, imageId: number): Promise<string> {
  const image = await findImage(db, imageId);
  if (image.thumbnailEtag) return storage.presignGet(thumbnailKey(image.key), { windowSeconds: WINDOW_SECONDS });
  throw new DomainError("not-found", image.unreadable ?? `“${baseName(image.key)}” has no thumbnail yet.`);
}

/**
 * A presigned link to the object itself.
 * @throws DomainError "not-found"
 */
export async function linkToOriginal({ db, storage }: Deps, imageId: number): Promise<string> {
  const image = await findImage(db, imageId);
  const isShown = SHOWN_IN_PLACE.includes(image.contentType ?? "");
  return storage.presignGet(image.key, {
    windowSeconds: WINDOW_SECONDS,
    ...(!isShown && { download: baseName(image.key) }),
  });
}

async function findImage(db: Db, imageId: number) {
  const image = await db.image.findUnique({ where: { id: imageId } });
  if (!image) throw new DomainError("not-found", `There is no image ${imageId}.`);
  if (image.goneAt) throw new DomainError("not-found", `“${image.key}” is no longer in the bucket.`);
  return image;
}
