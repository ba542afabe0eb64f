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
      select: goneFields,
      orderBy: [{ goneAt: "desc" }, { createdAt: "desc" }],
      take: SHOWN,
    }),
    db.image.count({ where: { goneAt: null, ...unreadableImages(db), unreadableClass: "not-an-image" } }),
    readLastLook(db),
    isInHand(db, removeOrphanedThumbnails.kind),
  ]);
  return { listing, gone, images: await describeGone(db, lastGone), others, thumbnails, isLooking };
}

const PAGE = 1_000;

/** Every image whose object is gone, page by page. */
export async function* exportGone({ db }: { db: Db }) {
  const readPage = (last?: { id: number }) =>
    db.image.findMany({
      where: { goneAt: { not: null }, id: { gt: last?.id ?? 0 } },
      select: goneFields,
      orderBy: { id: "asc" },
      take: PAGE,
    });
  for await (const page of pagesByKey(PAGE, readPage)) yield await describeGone(db, page);
}

const goneFields = { id: true, key: true, goneAt: true, bytes: true } as const;
type Gone = { id: number; key: string; goneAt: Date | null; bytes: bigint };

/** With the run that moved each to the trash; null: none of ours did. */
async function describeGone(db: Db, images: Gone[]) {
  const trashed = await findTrashed(
    db,
    images.map(({ key }) => key),
  );
  return images.map(({ id, key, goneAt, bytes }) => ({
    ...{ id, key, goneAt: goneAt ?? new Date(0), bytes: Number(bytes) },
    trashRunId: trashed.get(key) ?? null,
  }));
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
