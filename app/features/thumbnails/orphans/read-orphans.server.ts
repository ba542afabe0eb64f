import { readLastListing } from "~/features/images/index/last-listing.server";
import { unreadableImages } from "~/features/images/unreadable.server";
import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";
import { readLastLook } from "./last-look.server";
import { removeOrphanedThumbnails } from "./remove-orphaned-thumbnails";

/** As many images that are gone as are named. */
const SHOWN = 50;

/** What in the bucket and in the index has no counterpart. */
export async function readOrphans({ db }: { db: Db }) {
  const [listing, gone, lastGone, others, thumbnails, isLooking] = await Promise.all([
    readLastListing(db),
    db.image.count({ where: { goneAt: { not: null } } }),
    db.image.findMany({
      where: { goneAt: { not: null } },
      select: { id: true, key: true, goneAt: true, bytes: true },
      orderBy: [{ goneAt: "desc" }, { createdAt: "desc" }],
      take: SHOWN,
    }),
    db.image.count({ where: { goneAt: null, ...unreadableImages(db), unreadableClass: "not-an-image" } }),
    readLastLook(db),
    isInHand(db, removeOrphanedThumbnails.kind),
  ]);
  const trashed = await findTrashed(
    db,
    lastGone.map(({ key }) => key),
  );
  const images = lastGone.map(({ id, key, goneAt, bytes }) => ({
    id,
    key,
    goneAt: goneAt ?? new Date(0),
    bytes: Number(bytes),
    trashRunId: trashed.get(key) ?? null,
  }));
  return { listing, gone, images, others, thumbnails, isLooking };
}

const PAGE = 1_000;

/** Every image whose object is gone, page by page. */
export function exportGone({ db }: { db: Db }) {
  return pagesByKey(PAGE, (last?: { id: number }) =>
    db.image.findMany({
      where: { goneAt: { not: null }, id: { gt: last?.id ?? 0 } },
      select: { id: true, key: true, goneAt: true },
      orderBy: { id: "asc" },
      take: PAGE,
    }),
  );
}

/** Which of these keys a run moved to the trash, the last one of each. */
async function findTrashed(db: Db, keys: string[]): Promise<Map<string, number>> {
  const moves = await db.objectMove.findMany({
    where: { from: { in: keys }, to: { startsWith: "trash/" }, finishedAt: { not: null } },
    select: { from: true, runId: true },
    orderBy: { finishedAt: "asc" },
  });
  return new Map(moves.map(({ from, runId }) => [from, runId]));
}
