import { DomainError } from "~/features/domain-error";
import type { Db } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";
import { quote, quoteKey } from "~/quote";
import { findArchivedKeys } from "./archived.server";
import { baseName } from "./key-layout";
import { thumbnailKey } from "./thumbnail-key.server";
import { isUnreadable } from "./unreadable.server";

/** Links stay the same within a window, so that browsers cache what they lead to. */
const WINDOW_SECONDS = 3600;

/** What browsers may show in place; anything else (SVG can carry scripts) is only ever downloaded. */
const SHOWN_IN_PLACE = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

type Deps = { db: Db; storage: Storage };

/**
 * A presigned link to the thumbnail of an image's present bytes, never to one of former bytes.
 * @throws DomainError "not-found": no such image, or no such thumbnail, with the reason
 */
export async function linkToThumbnail({ db, storage }: Deps, imageId: number): Promise<string> {
  const image = await findImage(db, imageId);
  if (image.thumbnailEtag === image.etag) {
    return storage.presignGet(thumbnailKey(image.key), { windowSeconds: WINDOW_SECONDS });
  }
  throw new DomainError("not-found", whyNoThumbnail(image));
}

/**
 * A presigned link to the object itself: shown in place as what its bytes were read to be, whatever it was stored as;
 * downloaded where they are no such picture, or were not read since they changed.
 * @throws DomainError "not-found"; "conflict" for one that is archived and was not restored, to which no link leads
 */
export async function linkToOriginal({ db, storage }: Deps, imageId: number): Promise<string> {
  const { key, etag, readEtag, contentType, archivedAs } = await findImage(db, imageId);
  if (archivedAs !== null && (await isArchived(storage, key))) throw new DomainError("conflict", whyArchived(key));
  const isShown = readEtag === etag && contentType !== null && SHOWN_IN_PLACE.includes(contentType);
  return storage.presignGet(key, {
    windowSeconds: WINDOW_SECONDS,
    ...(isShown ? { contentType } : { download: baseName(key) }),
  });
}

async function findImage(db: Db, imageId: number) {
  const image = await db.image.findUnique({ where: { id: imageId } });
  if (!image) throw new DomainError("not-found", `There is no image ${imageId}.`);
  if (image.goneAt) throw new DomainError("not-found", `${quoteKey(image.key)} is no longer in the bucket.`);
  return image;
}

const whyArchived = (key: string) =>
  `${quote(baseName(key))} is archived and cannot be read before it is restored. Restore it in the store, then try again.`;

const isArchived = async (storage: Storage, key: string) => (await findArchivedKeys(storage, [key])).has(key);

function whyNoThumbnail(image: Awaited<ReturnType<typeof findImage>>): string {
  if (isUnreadable(image) && image.unreadable) return image.unreadable;
  if (image.archivedAs !== null) return whyArchived(image.key);
  const name = quote(baseName(image.key));
  return image.thumbnailEtag === null
    ? `${name} has no thumbnail yet.`
    : `${name} has changed since its thumbnail was made; the next backfill makes a new one.`;
}
