import type { ImageCard } from "~/features/images/browse/read-cards.sql.server";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import type { Db } from "~/ports/db.server";

/** An image that may be shown to a model that draws. */
export type StudioImage = {
  imageId: number;
  key: string;
  etag: string;
  hasThumbnail: boolean;
  /** Why it cannot be shown, in a word; null: it can. */
  problem: string | null;
  /** In px, as it is seen; null: not read yet. */
  width: number | null;
  height: number | null;
};

export function toStudioImage({ id, key, etag, hasThumbnail, ...card }: ImageCard): StudioImage {
  const { goneAt, isUnreadable, archivedAs, width, height } = card;
  const problem = goneAt ? "Deleted" : isUnreadable ? "Unreadable" : archivedAs ? "Archived" : null;
  return { imageId: id, key, etag, hasThumbnail, problem, width, height };
}

/** Those that there are, in this order. */
export const readStudioImages = async (db: Db, ids: readonly number[]): Promise<StudioImage[]> =>
  (await readCards(db, ids)).map(toStudioImage);
