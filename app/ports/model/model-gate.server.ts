import { setTimeout as sleep } from "node:timers/promises";

/** Callers that waited pass one by one, about this far apart, so that a quota that is used up again costs few of them. */
const SPACING_MS = 100;
/** How long after a wait they do. */
const CAUTION_MS = 10_000;
/** Added to a wait, so that processes that were told the same do not come back together. */
const JITTER_MS = 500;
/** Waits of a model that is overloaded: each one twice the last, until it answers. */
const BACK_OFF_MS = { first: 1_000, longest: 30_000 };

/** Where the callers of one model wait together while it takes no calls: all of a process share it. */
export type Gate = {
  /** No one passes for so long. */
  close(forMs: number): void;
  /** No one passes for a while, which grows with each time that the model was still overloaded afterwards. */
  backOff(): void;
  /** The model answered: the next `backOff` is a short one. */
  answered(): void;
  isClosed(): boolean;
  /** Resolves when the caller may go on, in the order of asking. Throws the signal's reason when it aborts. */
  pass(signal: AbortSignal | undefined): Promise<void>;
};

/** @param time a monotonic clock in ms, and what jitter is made of */
export function createGate(time = { now: () => performance.now(), random: Math.random }): Gate {
  let closedUntil = Number.NEGATIVE_INFINITY;
  let lastInLine: Promise<void> = Promise.resolve();
  let backOffMs = BACK_OFF_MS.first;

  async function waitForTurn(signal: AbortSignal | undefined) {
    do {
      const spacing = SPACING_MS * (0.5 + time.random());
      await sleep(Math.max(closedUntil - time.now(), 0) + spacing, undefined, signal && { signal });
    } while (isClosed());
  }

  const isClosed = () => time.now() < closedUntil;

  function close(forMs: number) {
    closedUntil = Math.max(closedUntil, time.now() + forMs + time.random() * JITTER_MS);
  }

  return {
    close,
    backOff() {
      // Calls that were in flight together fail together: that is one reason to wait, not several.
      if (isClosed()) return;
      close(backOffMs);
      backOffMs = Math.min(backOffMs * 2, BACK_OFF_MS.longest);
    },
    answered() {
      backOffMs = BACK_OFF_MS.first;
    },
    isClosed,
    async pass(signal) {
      if (time.now() > closedUntil + CAUTION_MS) return;
      const turn = lastInLine.then(() => waitForTurn(signal));
      lastInLine = turn.catch(() => undefined);
      await turn;
    },
  };
}
