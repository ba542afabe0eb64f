import { setTimeout as sleep } from "node:timers/promises";

/** Callers that waited pass one by one, about this far apart, so that a quota that is used up again costs few of them. */
const SPACING_MS = 100;
/** How long after a wait they do. */
const CAUTION_MS = 10_000;
/** Added to a wait, so that processes that were told the same do not come back together. */
const JITTER_MS = 500;
/** A quota of a day closes nothing: who pays for more wants to go on now. */
const LONGEST_MS = 2 * 60_000;

/** Where the callers of one model wait together while its quota is used up: all of a process share it. */
export type Gate = {
  /** Nobody passes for so long. */
  close(forMs: number): void;
  /** Resolves when the caller may go on, in the order of asking. Throws the signal's reason when it aborts. */
  pass(signal: AbortSignal | undefined): Promise<void>;
};

export function createGate(): Gate {
  let closedUntil = Number.NEGATIVE_INFINITY;
  let lastInLine: Promise<void> = Promise.resolve();

  async function waitForTurn(signal: AbortSignal | undefined) {
    do {
      const spacing = SPACING_MS * (0.5 + Math.random());
      await sleep(Math.max(closedUntil - performance.now(), 0) + spacing, undefined, signal && { signal });
    } while (performance.now() < closedUntil);
  }

  return {
    close(forMs) {
      if (forMs > LONGEST_MS) return;
      closedUntil = Math.max(closedUntil, performance.now() + forMs + Math.random() * JITTER_MS);
    },
    async pass(signal) {
      if (performance.now() > closedUntil + CAUTION_MS) return;
      const turn = lastInLine.then(() => waitForTurn(signal));
      lastInLine = turn.catch(() => undefined);
      await turn;
    },
  };
}
