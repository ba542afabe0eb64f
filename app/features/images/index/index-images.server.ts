import { z } from "zod";
import { count } from "~/features/format";
import { archiveName } from "~/features/images/archived";
import { isTracked, placeOf } from "~/features/images/key-layout";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { jsonColumn } from "~/features/json-column";
import type { Pace } from "~/features/pace";
import { storageFailure } from "~/features/storage-failure";
import type { Db } from "~/ports/db.server";
import type { StoredObject } from "~/ports/storage.server";
import { type IndexCounts, indexCounts, type indexImages } from "./index-images";
import { compareWithIndex, createImagePace, hasImagesBeside, markGone, upsertImages } from "./index-images.sql.server";
import { cutIntoRanges } from "./index-ranges";
import { listRange, listStretches, sampleStretch } from "./list-stretches.server";

/** Items that a plan yields at once. */
const PAGE = 1_000;

const key = z.string().nullable();
/** Null stands for what does not apply: pages leave it out. */
const plannedRange = z.object({ after: key, last: key, folder: key, hasBeside: z.literal(true).nullable() });

export const indexImagesHandler: ItemHandler<z.infer<typeof indexImages.payload>> = {
  async *plan({ storage }, { payload: { prefix }, signal }) {
    const { stretches, hasBeside } = await listStretches(storage, prefix, signal);
    for (const stretch of stretches) {
      const ranges = cutIntoRanges(stretch, await sampleStretch(storage, prefix, stretch, signal));
      const items = ranges.map(({ label, ...range }) => ({
        subject: range.folder ?? range.after ?? prefix,
        label,
        before: { ...range, hasBeside: hasBeside || null },
      }));
      for (let at = 0; at < items.length; at += PAGE) yield items.slice(at, at + PAGE);
    }
    const folders = stretches.reduce((sum, stretch) => sum + stretch.folders.length, 0);
    return { facts: [{ label: "Folders", value: count(folders) }] };
  },

  async apply({ storage, db, clock }, item, { payload: { prefix }, signal }) {
    const { hasBeside: sawBeside, ...range } = plannedRange.parse(item.before);
    await fillImageText({ db }, signal);
    const hasBeside = sawBeside || (await hasImagesBeside(db, prefix, range));
    const startedAt = clock.now();
    const seen = new Set<number>();
    const pace = createImagePace();
    const total: IndexCounts = { objects: 0, new: 0, changed: 0, back: 0, gone: 0 };
    try {
      for await (const page of listRange(storage, prefix, range, hasBeside, signal)) {
        const tracked = page.filter((object) => isTracked(object.key));
        if (tracked.length > 0) addCounts(total, await reconcile(db, tracked, seen, pace));
      }
    } catch (error) {
      // What was not listed to the end says nothing about what is gone.
      return storageFailure(error);
    }
    signal.throwIfAborted();
    total.gone = await markGone(db, { prefix, range, seen, startedAt });
    return { outcome: "succeeded", after: total };
  },
};

/** Brings the rows of these objects up to date and remembers their ids in `seen`. Rows that are right stay untouched. */
async function reconcile(
  db: Db,
  objects: StoredObject[],
  seen: Set<number>,
  pace: Pace,
): Promise<Omit<IndexCounts, "gone">> {
  const rows = objects.map(({ key, etag, bytes, modifiedAt, storageClass, isArchived }) => ({
    key,
    etag,
    bytes,
    modifiedAt: modifiedAt.getTime(),
    storageClass,
    archivedAs: isArchived ? archiveName(storageClass) : null,
  }));
  const { seenIds, staleAt, ...found } = await compareWithIndex(db, rows);
  const stale = staleAt.flatMap((at) => rows[at] ?? []);
  const writtenIds = await upsertImages(
    db,
    stale.map((row) => {
      const { kind, ownerId } = placeOf(row.key);
      return { ...row, kind, ownerId };
    }),
    pace,
  );
  for (const id of seenIds) seen.add(id);
  for (const id of writtenIds) seen.add(id);
  return { objects: objects.length, ...found };
}

function addCounts(total: IndexCounts, more: Omit<IndexCounts, "gone">): void {
  total.objects += more.objects;
  total.new += more.new;
  total.changed += more.changed;
  total.back += more.back;
}

/** What an index run found, summed over its ranges that were listed to the end. */
export async function sumIndexRun({ db }: { db: Db }, runId: number): Promise<IndexCounts> {
  const items = await db.jobItem.findMany({ where: { runId, outcome: "succeeded" }, select: { after: true } });
  const total: IndexCounts = { objects: 0, new: 0, changed: 0, back: 0, gone: 0 };
  for (const { after } of items) {
    const one = jsonColumn(indexCounts).parse(after);
    addCounts(total, one);
    total.gone += one.gone;
  }
  return total;
}
