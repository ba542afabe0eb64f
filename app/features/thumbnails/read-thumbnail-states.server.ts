import { type UnreadableClass, unreadableClasses } from "~/features/images/unreadable-classes";
import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import type { Db } from "~/ports/db.server";
import { backfillThumbnails } from "./backfill-thumbnails";
import { countThumbnailStates, countUnreadable } from "./missing-thumbnails.sql.server";
import { readLastLook } from "./orphans/last-look.server";
import { removeOrphanedThumbnails } from "./orphans/remove-orphaned-thumbnails";

/** How thumbnails stand. */
export async function readThumbnailStates({ db }: { db: Db }) {
  const [images, states, unreadable, orphans, isBackfilling, isLooking] = await Promise.all([
    db.image.count({ where: { goneAt: null } }),
    countThumbnailStates(db),
    countUnreadable(db),
    readLastLook(db),
    isInHand(db, backfillThumbnails.kind),
    isInHand(db, removeOrphanedThumbnails.kind),
  ]);
  return {
    images,
    ...states,
    unreadable: unreadableClasses
      .map((errorClass): { errorClass: UnreadableClass; images: number } => ({
        errorClass,
        images: unreadable.find((row) => row.errorClass === errorClass)?.images ?? 0,
      }))
      .filter((row) => row.images > 0),
    orphans,
    isBackfilling,
    isLooking,
  };
}

/** The states other than a thumbnail of the present bytes, each with how many there are. */
export async function* exportThumbnailStates(ports: { db: Db }) {
  const { missing, stale, archived, unreadable, orphans } = await readThumbnailStates(ports);
  const states = [
    { state: "missing", images: missing },
    { state: "stale", images: stale },
    ...unreadable.map(({ errorClass, images }) => ({ state: errorClass, images })),
    { state: "archived", images: archived },
    { state: "orphaned", images: orphans?.found ?? 0 },
  ].filter(({ images }) => images > 0);
  if (states.length > 0) yield states;
}
