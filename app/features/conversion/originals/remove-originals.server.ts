import { originalsOf } from "~/features/conversion/conversion-keys";
import { isStillConverted } from "~/features/conversion/is-still-converted.server";
import { count } from "~/features/format";
import { moveSkipped } from "~/features/images/move/object-move";
import { toThumbnail } from "~/features/images/pixels/read-image.server";
import { renderOriginal } from "~/features/images/pixels/render-original.server";
import type { ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { deletedWords } from "~/features/storage/deleted-words";
import { recheckAbilities } from "~/features/storage/read-abilities.server";
import { storageFailure } from "~/features/storage-failure";
import { THUMBNAIL_EDGE } from "~/features/thumbnails/keep-thumbnail.server";
import type { ConvertedImage, Db } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import type { Removal } from "./removal";
import { keptOriginal } from "./remove-originals";

/** HEAD and GET of the converted image, HEAD and DELETE of the original. */
const CALLS_AN_ORIGINAL = 4;

export const removeOriginalsHandler: ItemHandler<Removal> = {
  async *plan(ports, { payload: { runId }, signal }) {
    const { db, storage } = ports;
    const prefix = originalsOf(runId);
    let [images, bytes, strangers] = [0, 0, 0];
    const stay = new Map<string, number>();
    const samples: number[] = [];
    for await (const { objects } of storage.list({ prefix, signal })) {
      const fromKeys = objects.map(({ key }) => key.slice(prefix.length));
      const rows = await db.convertedImage.findMany({ where: { runId, removedBy: null, fromKey: { in: fromKeys } } });
      const byKey = new Map(rows.map((row) => [prefix + row.fromKey, row]));
      const present = await readImages(db, rows);
      const page: PlannedItem[] = [];
      for (const { key, etag, bytes: size } of objects) {
        const row = byKey.get(key);
        // Numbers of runs come again where a database was put back: it may be the original of a former run.
        if (!row || !(await isKept(ports, { key, etag }, row, signal))) {
          strangers += 1;
          continue;
        }
        const why = await whyStays(storage, row, present.get(row.imageId), signal);
        if (why !== null) {
          stay.set(why.many, (stay.get(why.many) ?? 0) + 1);
          continue;
        }
        images += 1;
        bytes += size;
        if (samples.length < SAMPLES) samples.push(row.imageId);
        page.push({ subject: String(row.imageId), label: key, before: { key, etag, bytes: size }, etag });
      }
      yield page;
    }
    const { versions } = await recheckAbilities(ports, signal);
    const deleted = deletedWords(`${count(images)} ${images === 1 ? "original is" : "originals are"}`, versions);
    return {
      images,
      bytes,
      samples,
      leftOut: [
        ...Array.from(stay, ([what, n]) => ({ what, count: n })),
        ...(strangers > 0 ? [{ what: "Lie there, and are no originals of this run", count: strangers }] : []),
      ],
      s3Calls: CALLS_AN_ORIGINAL * images,
      ...(images > 0 && {
        needsConsent: `${deleted} What was converted then stays converted: this cannot be undone, nor can run ${runId} any more.`,
      }),
    };
  },

  async apply(ports, item, { payload, runId, signal }) {
    const { db, storage } = ports;
    const original = keptOriginal.parse(item.before);
    const imageId = Number(item.subject);
    const where = { runId_imageId: { runId: payload.runId, imageId } };
    const row = await db.convertedImage.findUnique({ where });
    if (!row) return moveSkipped(`${quoteKey(original.key)} went back to where it lay since the plan was made.`);
    const image = (await readImages(db, [row])).get(imageId);
    const why = await whyStays(storage, row, image, signal);
    if (why !== null || !image) return moveSkipped(`${quoteKey(original.key)} stays: ${why?.one}.`);
    const whole = await renderOriginal(
      ports,
      { id: imageId, key: image.key, etag: image.etag },
      (bytes) => toThumbnail(bytes, THUMBNAIL_EDGE, signal),
      signal,
    );
    if ("outcome" in whole) return whole;
    if (!whole.ok)
      return moveSkipped(
        `${quoteKey(original.key)} stays, for what it was converted to cannot be read: ${whole.error}`,
      );
    try {
      if ((await deleteOwn(ports, original, signal)) === "another's") {
        return moveSkipped(`${quoteKey(original.key)} has changed since the plan was made.`);
      }
    } catch (error) {
      return storageFailure(error);
    }
    return {
      outcome: "succeeded",
      after: { removed: true },
      write: (tx) =>
        tx.convertedImage.updateMany({ where: { runId: payload.runId, imageId }, data: { removedBy: runId } }),
    };
  },
};

const SAMPLES = 6;

type Present = { id: number; key: string; etag: string; goneAt: Date | null };

async function readImages(db: Db, rows: ConvertedImage[]): Promise<ReadonlyMap<number, Present>> {
  const found = await db.image.findMany({
    where: { id: { in: rows.map(({ imageId }) => imageId) } },
    select: { id: true, key: true, etag: true, goneAt: true },
  });
  return new Map(found.map((image) => [image.id, image]));
}

/**
 * Whether an object that was listed is the original that the run kept, whose ETag it has from HEAD. A run that was cancelled may have moved it
 * without living to note that: then the move's journal has it.
 */
async function isKept(
  { db, storage }: Pick<Ports, "db" | "storage">,
  { key, etag }: { key: string; etag: string },
  { runId, seq, originalEtag }: ConvertedImage,
  signal: AbortSignal,
): Promise<boolean> {
  const move =
    originalEtag === null ? await db.objectMove.findFirst({ where: { runId, seq, finishedAt: { not: null } } }) : null;
  const kept = originalEtag ?? move?.toEtag ?? null;
  return kept !== null && (kept === etag || (await storage.head(key, { signal }))?.etag === kept);
}

/** Why an original is needed yet, as a plan counts it and as an item says it; null: the converted image stands for it. */
async function whyStays(
  storage: Storage,
  { etag }: ConvertedImage,
  image: Present | undefined,
  signal: AbortSignal,
): Promise<{ many: string; one: string } | null> {
  if (!image || image.goneAt !== null) {
    return { many: "Stay, for their converted image is gone", one: "its converted image is gone" };
  }
  if (image.etag === etag) return null;
  const there = await storage.head(image.key, { signal });
  return (await isStillConverted(storage, { etag, rowEtag: image.etag, there }, signal))
    ? null
    : { many: "Stay, for their converted image has changed", one: "its converted image has changed" };
}
