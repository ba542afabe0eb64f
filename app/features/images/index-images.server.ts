import { z } from "zod";
import { count } from "~/features/format";
import type { ItemHandler, OpenItem, PlannedItem } from "~/features/job-runs/handler";
import { storageFailure } from "~/features/storage/storage-failure";
import type { Db } from "~/ports/db.server";
import type { Storage, StoredObject } from "~/ports/storage.server";
import type { indexImages } from "./index-images";
import { compareWithIndex, markGone, readIndexedFolders, upsertImages } from "./index-images.sql.server";
import { imageKind, isTracked, isUntrackedPrefix, ownerFromKey } from "./key-layout";

/** S3's pages: one page of a listing is one chunk of SQL. */
const PAGE = 1_000;

const counts = z.object({
  /** Objects that were listed and are tracked. */
  objects: z.number(),
  /** Never seen before. */
  new: z.number(),
  /** Another ETag or size than before. */
  changed: z.number(),
  /** Were gone, and are there again. */
  back: z.number(),
  gone: z.number(),
});
export type IndexCounts = z.infer<typeof counts>;

/** `direct`: only the objects at this level, not those in its subfolders. */
const scope = z.object({ direct: z.boolean() });

export const indexImagesHandler: ItemHandler<z.infer<typeof indexImages.payload>> = {
  async *plan({ storage, db }, { payload: { prefix }, signal }) {
    const level: PlannedItem = {
      subject: prefix,
      label: prefix === "" ? "objects at the top of the bucket" : `objects directly at ${prefix}`,
      before: { direct: true },
    };
    yield [level];
    const listed = new Set<string>();
    for await (const page of storage.list({ prefix, delimiter: "/", signal })) {
      const folders = page.prefixes.filter((folder) => !isUntrackedPrefix(folder));
      for (const folder of folders) listed.add(folder);
      if (folders.length > 0) yield folders.map(folderItem);
    }
    // A folder that vanished as a whole is in no listing; its rows still have to learn it.
    const vanished = (await readIndexedFolders(db, prefix)).filter((folder) => !listed.has(folder));
    for (let at = 0; at < vanished.length; at += PAGE) yield vanished.slice(at, at + PAGE).map(folderItem);
    return { facts: [{ label: "Folders", value: count(listed.size + vanished.length) }] };
  },

  async apply({ storage, db, clock }, item, { signal }) {
    const { direct } = scope.parse(item.before);
    const startedAt = clock.now();
    const seen = new Set<number>();
    const total: IndexCounts = { objects: 0, new: 0, changed: 0, back: 0, gone: 0 };
    try {
      for await (const page of listItem(storage, item, direct, signal)) {
        const tracked = page.filter((object) => isTracked(object.key));
        if (tracked.length > 0) addCounts(total, await reconcile(db, tracked, seen));
      }
    } catch (error) {
      // What was not listed to the end says nothing about what is gone.
      return storageFailure(error);
    }
    signal.throwIfAborted();
    total.gone = await markGone(db, { prefix: item.subject, direct, seen, startedAt });
    return { outcome: "succeeded", after: total };
  },
};

const folderItem = (folder: string): PlannedItem => ({ subject: folder, before: { direct: false } });

async function* listItem(storage: Storage, item: OpenItem, direct: boolean, signal: AbortSignal) {
  if (!direct) return yield* storage.listParallel(item.subject, { signal });
  for await (const page of storage.list({ prefix: item.subject, delimiter: "/", signal })) yield page.objects;
}

/** Brings the rows of these objects up to date and remembers their ids in `seen`. Rows that are right stay untouched. */
async function reconcile(db: Db, objects: StoredObject[], seen: Set<number>): Promise<Omit<IndexCounts, "gone">> {
  const rows = objects.map(({ key, etag, bytes, modifiedAt }) => ({
    key,
    etag,
    bytes,
    modifiedAt: modifiedAt.getTime(),
  }));
  const { seenIds, staleAt, ...found } = await compareWithIndex(db, rows);
  const stale = staleAt.flatMap((at) => rows[at] ?? []);
  const writtenIds = await upsertImages(
    db,
    stale.map((row) => ({ ...row, kind: imageKind(row.key), ownerId: ownerFromKey(row.key) })),
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

/** What an index run found, summed over its folders that were listed to the end. */
export async function sumIndexRun({ db }: { db: Db }, runId: number): Promise<IndexCounts> {
  const items = await db.jobItem.findMany({ where: { runId, outcome: "succeeded" }, select: { after: true } });
  const total: IndexCounts = { objects: 0, new: 0, changed: 0, back: 0, gone: 0 };
  for (const { after } of items) {
    const one = counts.parse(JSON.parse(after ?? "null"));
    addCounts(total, one);
    total.gone += one.gone;
  }
  return total;
}
