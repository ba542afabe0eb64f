/** So many days, weeks and months keep their last backup, counting only those that have one. */
const KEPT = { days: 14, weeks: 8, months: 12 };

/** Every backup stays so long. */
const ALL_FOR_MS = 48 * 60 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** Days since Monday, 5 January 1970. Weeks begin on Mondays; all by UTC, as backups are named. */
const dayNumber = (at: Date) => Math.floor((at.getTime() - Date.UTC(1970, 0, 5)) / DAY_MS);

const spans: [count: number, spanOf: (at: Date) => string | number][] = [
  [KEPT.days, dayNumber],
  [KEPT.weeks, (at) => Math.floor(dayNumber(at) / 7)],
  [KEPT.months, (at) => at.toISOString().slice(0, 7)],
];

/**
 * Which good backups stay: all of the last two days, and the last one of each of the newest 14 days, 8 weeks and 12 months that
 * have one. Spans without a backup do not count, so that a console that made none for a year loses none, and one that is dated
 * ahead by a wrong clock takes the place of one other at most.
 */
export function chooseKept<Backup extends { takenAt: Date }>(backups: readonly Backup[], now: Date): Set<Backup> {
  const newestFirst = [...backups].sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
  const kept = new Set(newestFirst.filter(({ takenAt }) => now.getTime() - takenAt.getTime() < ALL_FOR_MS));
  for (const [count, spanOf] of spans) {
    const lastOf = new Map<string | number, Backup>();
    for (const backup of newestFirst) {
      const span = spanOf(backup.takenAt);
      if (!lastOf.has(span) && lastOf.size < count) lastOf.set(span, backup);
    }
    for (const backup of lastOf.values()) kept.add(backup);
  }
  return kept;
}
