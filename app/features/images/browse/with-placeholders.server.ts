import type { Db } from "~/ports/db.server";
import type { ImageCard } from "./read-cards.sql.server";

/** `placeholder`: a blur of its colors as a data URL, to show until the thumbnail has come; null where none is known. */
export type DrawnCard = ImageCard & { placeholder: string | null };

/** What pages draw of these images before their thumbnails come. */
export async function withPlaceholders(db: Db, cards: readonly ImageCard[]): Promise<DrawnCard[]> {
  const looks = await db.imageLook.findMany({
    where: { imageId: { in: cards.map(({ id }) => id) } },
    select: { imageId: true, etag: true, placeholder: true },
  });
  const lookOf = new Map(looks.map((look) => [look.imageId, look]));
  return cards.map((card) => {
    const look = lookOf.get(card.id);
    return { ...card, placeholder: look?.etag === card.etag ? dataUrl(look.placeholder) : null };
  });
}

const dataUrl = (webp: Uint8Array | null) => webp && `data:image/webp;base64,${Buffer.from(webp).toString("base64")}`;
