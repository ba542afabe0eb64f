/** How long a run goes on while its model takes no call. A quota of a minute is back long before. */
const LONGEST_MS = 10 * 60_000;
/** Between two refusals of a run that goes on there is never so much time: it was paused meanwhile, and begins again. */
const FORGOTTEN_AFTER_MS = 5 * 60_000;

/** How long a run has been held up without a single answer. One a run and process. Times in ms of the same clock. */
export type Patience = {
  /** A call was answered. */
  answered(): void;
  /** A call was turned away for now. True once that goes on for ten minutes; it then begins again. */
  isOver(now: number): boolean;
};

export function createPatience(): Patience {
  let since: number | null = null;
  let last = 0;
  return {
    answered() {
      since = null;
    },
    isOver(now) {
      if (since === null || now - last > FORGOTTEN_AFTER_MS) since = now;
      last = now;
      if (now - since < LONGEST_MS) return false;
      since = null;
      return true;
    },
  };
}
