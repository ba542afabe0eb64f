import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";
import { quote, quoteKey } from "~/quote";
import { findArchivedKeys } from "./archived.server";
import { baseName } from "./key-layout";
import { LINK_WINDOW_SECONDS, secondsLeftInWindow } from "./picture-address";
import { isShownInPlace } from "./shown-in-place";
import { thumbnailKey } from "./thumbnail-key.server";
import { isUnreadable } from "./unreadable.server";

type Deps = { db: Db; storage: Storage; clock: Clock };

/** A presigned link, and for how many seconds a browser may go there without asking again. */
export type PictureLink = { url: string; keepSeconds: number };

/**
 * A presigned link to the thumbnail of an image's present bytes, never to one of former bytes.
 * @param etag the bytes that the page means; only the way to just these is kept by browsers
 * @throws DomainError "not-found": no such image, or no such thumbnail, with the reason
 */
export async function linkToThumbnail(deps: Deps, imageId: number, etag: string | null): Promise<PictureLink> {
  const image = await findImage(deps.db, imageId);
  if (image.thumbnailEtag === image.etag) return linkTo(deps, thumbnailKey(image.key), { image, etag });
  throw new DomainError("not-found", whyNoThumbnail(image));
}

/**
 * A presigned link to the object itself: shown in place as what its bytes were read to be, whatever it was stored as;
 * downloaded where they are no such picture, or were not read since they changed.
 * @throws DomainError "not-found"; "conflict" for one that is archived and was not restored, to which no link leads
 */
export async function linkToOriginal(deps: Deps, imageId: number, etag: string | null): Promise<PictureLink> {
  const image = await findImage(deps.db, imageId);
  const { key, contentType } = image;
  if (image.archivedAs !== null && (await isArchived(deps.storage, key))) {
    throw new DomainError("conflict", whyArchived(key));
  }
  const isShown = image.readEtag === image.etag && isShownInPlace(contentType);
  return linkTo(deps, key, { image, etag }, isShown ? { contentType } : { download: baseName(key) });
}

/**
 * The link is made for the image's present bytes: others, which may come to lie at the same key within the window, have
 * another link, and no browser shows the former ones in their place.
 */
async function linkTo(
  { storage, clock }: Deps,
  key: string,
  { image, etag }: { image: { etag: string }; etag: string | null },
  shape: { contentType?: string; download?: string } = {},
): Promise<PictureLink> {
  const url = await storage.presignGet(key, {
    windowSeconds: LINK_WINDOW_SECONDS,
    keepAs: image.etag,
    ...shape,
  });
  // Up to the window's end, when there is another link. This one is valid for a window more, so no kept way leads nowhere.
  return { url, keepSeconds: etag === image.etag ? secondsLeftInWindow(clock.now().getTime()) : 0 };
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
