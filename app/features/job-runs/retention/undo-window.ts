import { dayOf } from "~/features/format";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days for which a run can be undone after it ended. Then its items go. */
export const UNDO_DAYS = 90;

/**
 * Days that the bucket keeps an object of trash/, as terraform/ sets it. The rest beyond the undo's days is for runs that
 * took long, whose first objects were put there when they started, and for undos, which are read before they are applied.
 */
export const TRASH_DAYS = 120;

/** Of these days, the last ones: by then an undo has been applied or its plan, which lasts a day, has expired. */
const UNDO_TAKES_DAYS = 10;

type Times = { startedAt: Date | null; finishedAt: Date | null };

/** When a run ceases to be undoable; null before it has ended. */
export function undoEnds({ startedAt, finishedAt }: Times): Date | null {
  if (!finishedAt) return null;
  const afterEnd = finishedAt.getTime() + UNDO_DAYS * DAY_MS;
  const trashHolds = (startedAt ?? finishedAt).getTime() + (TRASH_DAYS - UNDO_TAKES_DAYS) * DAY_MS;
  return new Date(Math.min(afterEnd, trashHolds));
}

/** The day up to which a run could be undone, as a person reads it; null while it can be, or has not ended. */
export function undoEndedOn(run: Times & { itemsRemovedAt: Date | null }, now: Date): string | null {
  const ends = undoEnds(run);
  if (ends === null) return null;
  const ended = run.itemsRemovedAt && run.itemsRemovedAt < ends ? run.itemsRemovedAt : ends;
  return ended <= now ? dayOf(ended) : null;
}
