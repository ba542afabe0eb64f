import type { Db, GenerationReference } from "~/ports/db.server";

/** An image as it is today. */
export type TracedImage = { id: number; key: string; etag: string; isGone: boolean; hasThumbnail: boolean };

/** A reference as it was when it was used, and what became of it. */
export type TracedReference = {
  position: number;
  /** Of then: its key, or how the record names it. */
  key: string;
  /** Of then; null: the record only names it. */
  etag: string | null;
  /** Null: no image of the index is known to be it. */
  image: TracedImage | null;
  hasMoved: boolean;
  /** Its bytes show another picture than then; the same picture in another format does not count. */
  hasChanged: boolean;
};

type Reference = Pick<GenerationReference, "position" | "imageId" | "key" | "etag">;

/** What became of references since they were used, in their order. */
export async function traceReferences(db: Db, references: readonly Reference[]): Promise<TracedReference[]> {
  const ids = [...new Set(references.flatMap(({ imageId }) => imageId ?? []))];
  const [images, isConverted] = await Promise.all([readImages(db, ids), readConversions(db, ids)]);
  return references.map(({ position, imageId, key, etag }) => {
    const image = imageId === null ? null : (images.get(imageId) ?? null);
    return {
      ...{ position, key, etag, image },
      hasMoved: image !== null && image.key !== key,
      hasChanged: image !== null && etag !== null && image.etag !== etag && !isConverted({ ...image, from: etag }),
    };
  });
}

async function readImages(db: Db, ids: number[]): Promise<ReadonlyMap<number, TracedImage>> {
  const rows = await db.image.findMany({
    where: { id: { in: ids } },
    select: { id: true, key: true, etag: true, goneAt: true, thumbnailEtag: true },
  });
  return new Map(
    rows.map(({ goneAt, thumbnailEtag, ...row }) => [
      row.id,
      { ...row, isGone: goneAt !== null, hasThumbnail: thumbnailEtag === row.etag },
    ]),
  );
}

/** Tells whether an image's bytes show the picture of earlier bytes in another format. */
async function readConversions(db: Db, ids: number[]) {
  const newestFirst = await db.convertedImage.findMany({
    where: { imageId: { in: ids } },
    orderBy: { runId: "desc" },
    select: { imageId: true, fromEtag: true, etag: true },
  });
  return ({ id, etag, from }: { id: number; etag: string; from: string }): boolean => {
    let now = etag;
    for (const conversion of newestFirst) {
      if (conversion.imageId === id && conversion.etag === now) now = conversion.fromEtag;
      if (now === from) return true;
    }
    return false;
  };
}
