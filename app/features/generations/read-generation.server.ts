import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { foundReference } from "./import/import-generations";

/** The newest generation record of an image, with its references as they are today; null: there is none. */
export async function readGeneration(db: Db, imageId: number) {
  const [record, records] = await Promise.all([
    db.generation.findFirst({
      where: { imageId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: { elsewhere: { where: { position: { gt: 0 } } } },
    }),
    db.generation.count({ where: { imageId } }),
  ]);
  if (!record) return null;
  const { id, prompt, model, mode, finishReason, createdAt, told } = record;
  const references = jsonColumn(z.array(foundReference)).parse(record.references);
  const ids = references.flatMap((reference) => ("imageId" in reference ? [reference.imageId] : []));
  const [images, isConverted] = await Promise.all([readImages(db, ids), readConversions(db, ids)]);
  return {
    id,
    prompt,
    model,
    mode,
    finishReason,
    createdAt,
    told,
    /** Older records of the same image. */
    older: records - 1,
    references: references.map((reference, at) => {
      if ("told" in reference) {
        const why = record.elsewhere.find(({ position }) => position === at + 1)?.lastError ?? null;
        return { position: at + 1, image: null, name: reference.told, why };
      }
      const image = images.get(reference.imageId) ?? null;
      const hasChanged =
        image !== null && image.etag !== reference.etag && !isConverted({ ...image, from: reference.etag });
      return {
        position: at + 1,
        image,
        name: image?.key ?? reference.key,
        why: hasChanged ? "It has other bytes now than when it was used." : null,
      };
    }),
  };
}

async function readImages(db: Db, ids: number[]) {
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
