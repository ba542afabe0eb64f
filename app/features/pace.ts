/** No write holds the database's lock for longer, however large its input is (docs/decisions/043-no-write-holds-the-lock-for-long.md). */
export const LONGEST_WRITE_MS = 200;

/**
 * What is done in a write varies by half. The commit, of which each piece needs one, takes some 50 ms more; what SQLite then
 * copies from its log into the database holds no lock. Smaller pieces cost a run its speed: half the rows a piece, a fifth
 * more time.
 */
const AIM_MS = 110;
const FIRST = 1_000;
const LEAST = 100;
const MOST = 50_000;

/**
 * How many rows a statement may touch, by how long the last ones were worked on with the lock held: from few on, at most
 * twice as many as the last time.
 */
export function createPace(first = FIRST) {
  let size = first;
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

export type Pace = ReturnType<typeof createPace>;
