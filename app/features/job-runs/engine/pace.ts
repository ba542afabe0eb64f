/**
 * A write that takes longer makes other writers wait noticeably; what others do on the machine may double it. The commit
 * comes on top. What SQLite then copies from its log into the database takes as long again, but holds no lock.
 */
const AIM_MS = 60;
const FIRST = 1_000;
const LEAST = 100;
const MOST = 50_000;

/**
 * How many rows a statement may touch, by how long the last ones were worked on with the lock held: from few on, at most
 * twice as many as the last time.
 */
export function createPace() {
  let size = FIRST;
  return {
    size: () => size,
    took(rows: number, ms: number): void {
      // Fewer than were asked for say little about what many cost.
      if (rows < size / 2 && ms < AIM_MS) return;
      const fitting = rows * Math.min(2, AIM_MS / Math.max(ms, 1));
      size = Math.round(Math.min(MOST, Math.max(LEAST, fitting)));
    },
  };
}
