import { DomainError } from "~/features/domain-error";
import { plural } from "~/features/format";
import { readLastListing } from "~/features/images/index/last-listing.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemContext, ItemHandler, PlannedItem } from "~/features/job-runs/kinds/handler";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { storageFailure } from "~/features/storage-failure";
import type { Db, Tx } from "~/ports/db.server";
import { orphan } from "./remove-orphaned-thumbnails";
import { readSources } from "./thumbnail-sources.server";

/** A thumbnail lies there before its image's row says so, and a moved image's before the row has moved. */
const SETTLED_MS = 60 * 60 * 1_000;
/** So many new images are compared with each thumbnail of no known image. */
const MOST_SINCE = 1_000;

export const removeOrphanedThumbnailsHandler: ItemHandler<object> = {
  async *plan({ db, storage, clock }, { signal }) {
    if ((await readLastListing(db)) === null) {
      const error = "The bucket was never listed to the end, so no one knows which images are there. Index it first.";
      throw new DomainError("conflict", error);
    }
    const plannedAt = clock.now().getTime();
    const sourceOf = await readSources(db, signal);
    const settledBefore = plannedAt - SETTLED_MS;
    let [bytes, orphans, ofGone, tooNew, others, calls] = [0, 0, 0, 0, 0, 0];
    for await (const { objects } of storage.list({ prefix: "thumbnails/", signal })) {
      calls += 1;
      const items: PlannedItem[] = [];
      for (const { key, etag, bytes: size, modifiedAt } of objects) {
        const source = sourceOf(key);
        if (source === "present") continue;
        if (source === "not-a-thumbnail") {
          others += 1;
          continue;
        }
        if (modifiedAt.getTime() > settledBefore) {
          tooNew += 1;
          continue;
        }
        if (source !== "unknown") ofGone += 1;
        bytes += size;
        const seen = { etag, bytes: size, modifiedAt: modifiedAt.getTime() };
        const before = { ...seen, ...(source === "unknown" ? { unknownAt: plannedAt } : { imageId: source.gone }) };
        items.push({ subject: key, before, etag });
      }
      orphans += items.length;
      if (items.length > 0) yield items;
    }
    return {
      otherObjects: orphans,
      bytes,
      leftOut: [
        ...(tooNew > 0 ? [{ what: "Made within the last hour, so left for the next time", count: tooNew }] : []),
        ...(others > 0 ? [{ what: "Are none of the console's thumbnails", count: others }] : []),
      ],
      s3Calls: calls + orphans * 2,
      ...(orphans > 0 && {
        warnings: [
          `There is no undo. ${plural(ofGone, "thumbnail")} ${ofGone === 1 ? "shows an image that is" : "show images that are"} gone, and may be the last that is left to see of ${ofGone === 1 ? "it" : "them"}. ${plural(orphans - ofGone, "more shows one", "more show some")} that the index does not know. When an image comes back, its thumbnail is made again.`,
        ],
      }),
    };
  },

  async apply(ports, item, context) {
    const { etag, modifiedAt, imageId, unknownAt } = orphan.parse(item.before);
    const { subject: key } = item;
    if (imageId !== undefined && !(await disown(ports.db, { key, imageId }, context))) {
      return { outcome: "skipped", reason: "Its image is back since the plan was made." };
    }
    const since = unknownAt === undefined ? null : await findSince(ports.db, { key, unknownAt });
    if (since !== null) return { outcome: "skipped", reason: since };
    try {
      const own = { key, etag, modifiedAt: new Date(modifiedAt) };
      if ((await deleteOwn(ports, own, context.signal)) === "another's") {
        return { outcome: "skipped", reason: "It was made again since the plan was made." };
      }
    } catch (error) {
      return storageFailure(error);
    }
    const after = { removed: true };
    if (imageId === undefined) return { outcome: "succeeded", after };
    // Should a backfill have made it again between the look and the delete, another one makes it once more.
    const write = (tx: Tx) => tx.image.updateMany({ where: { id: imageId }, data: { thumbnailEtag: null } });
    return { outcome: "succeeded", after, write };
  },
};

/** Why a thumbnail of no known image may be that of one which the index knows by now; null: it is not. */
async function findSince(db: Db, { key, unknownAt }: { key: string; unknownAt: number }): Promise<string | null> {
  const came = await db.image.findMany({
    where: { goneAt: null, createdAt: { gte: new Date(unknownAt) } },
    select: { key: true },
    take: MOST_SINCE,
  });
  if (came.some((image) => thumbnailKey(image.key) === key)) return "Its image came since the plan was made.";
  return came.length < MOST_SINCE ? null : "Many images came since the plan was made. Look for orphans again.";
}

/**
 * Has the row of a gone image say that there is no thumbnail, before there is none: should the image come back, it lacks one.
 * @returns false: it is back
 */
function disown(
  db: Db,
  { key, imageId }: { key: string; imageId: number },
  { hold }: ItemContext<unknown>,
): Promise<boolean> {
  return db.$write(async (tx) => {
    await hold(tx);
    const row = await tx.image.findUnique({ where: { id: imageId }, select: { key: true, goneAt: true } });
    if (!row || thumbnailKey(row.key) !== key) return true;
    if (row.goneAt === null) return false;
    await tx.image.update({ where: { id: imageId }, data: { thumbnailEtag: null } });
    return true;
  });
}
