const WEEK_MS = 7 * 24 * 60 * 60_000;

type Snapshot = { id: number; takenAt: Date; hasHidden: boolean };

/**
 * Which snapshots go, and which others keep no articles. The newest stays as it is, and the last that counted hidden versions, which
 * are counted on demand alone, stays too.
 * @param snapshots the oldest first
 * @param before older ones are thinned to the last of each week (of seven days since 1970, a Thursday)
 */
export function chooseThinned(snapshots: readonly Snapshot[], before: Date): { remove: number[]; strip: number[] } {
  const newest = snapshots.at(-1)?.id;
  const lastHidden = snapshots.findLast(({ hasHidden }) => hasHidden)?.id;
  const week = ({ takenAt }: Snapshot) => Math.floor(takenAt.getTime() / WEEK_MS);
  const lastOfWeek = new Map(snapshots.map((snapshot) => [week(snapshot), snapshot.id]));
  const isRemoved = (snapshot: Snapshot) =>
    snapshot.id !== newest &&
    snapshot.id !== lastHidden &&
    snapshot.takenAt < before &&
    lastOfWeek.get(week(snapshot)) !== snapshot.id;
  return {
    remove: snapshots.filter(isRemoved).map(({ id }) => id),
    strip: snapshots.filter((snapshot) => snapshot.id !== newest && !isRemoved(snapshot)).map(({ id }) => id),
  };
}
