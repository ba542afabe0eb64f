import { setTimeout as sleep } from "node:timers/promises";
import type { LeftOpen } from "~/features/job-runs/kinds/handler";
import type { Clock } from "~/ports/clock.server";
import { type Answered, type Failed, isHeldUp, type MadeCall, type Undenied } from "./call-end";
import { LONGEST_TURN_MS } from "./longest-turn";
import type { Waiter } from "./make-call.server";
import type { Patience } from "./patience";

/** How long an item is put aside that could not be asked about for long, or failed again after a first park. */
const PARKED_MS = 60_000;
/** How long after its first failures: most are over within seconds, and a run should not wait for its last image longer. */
const FIRST_PARKED_MS = 10_000;
/** So many calls of an item that fail one after the other park it: a third at once would most likely fail too, and may cost. */
const FAILURES_IN_A_ROW = 2;
/** With so many the item has failed. Its parks lie between them, so an outage of a minute or two does not reach them. */
export const FAILURES_OF_AN_ITEM = 6;
/** How long an item waits after a first failure of its own; a fault of the moment is over by then. */
const AFTER_A_FAILURE_MS = 500;

/** Makes calls until one ends for itself: with an answer, or a failure that asking again does not mend. */
type Ask = <A extends Answered>(make: () => Promise<MadeCall<A>>) => Promise<A | Failed | LeftOpen>;

/** How long the item itself waits; the model's quotas and outages hold all workers' calls (make-call.server.ts). */
function ownWait(result: Undenied): number {
  if (result.kind === "failed") return AFTER_A_FAILURE_MS;
  return result.kind === "rate-limited" ? result.retryAfterMs : 0;
}

/**
 * How the calls about one thing are made again. While the model takes no calls, or fails, the item waits for its turn with all
 * others, or is parked; when no call has got through for ten minutes, the run pauses and the item stays open.
 * @param input.countFailed all calls about it that failed, of former tries too
 */
export function askWithPatience(
  { clock }: { clock: Clock },
  { patience, countFailed }: { patience: Patience; countFailed(): Promise<number> },
  { signal, waiting }: Waiter,
): Ask {
  const giveUpAt = performance.now() + LONGEST_TURN_MS;
  let failures = 0;
  return async (make) => {
    for (;;) {
      const result = await make();
      if ("outcome" in result) return result;
      if (result.kind !== "rate-limited" && result.kind !== "unavailable" && !isHeldUp(result)) {
        if (result.kind === "failed") return result;
        patience.answered();
        waiting(null);
        return result;
      }
      signal.throwIfAborted();
      if (patience.isOver(clock.now().getTime())) return { outcome: "open", pause: explainSilence(result.reason) };
      let parkedMs = PARKED_MS;
      if (result.kind === "failed") {
        failures++;
        const failed = await countFailed();
        // A retry of the item counts on from here, so that it has as many again.
        if (failed % FAILURES_OF_AN_ITEM === 0) return result;
        if (failed <= FAILURES_IN_A_ROW) parkedMs = FIRST_PARKED_MS;
      }
      waiting(result.reason);
      if (failures >= FAILURES_IN_A_ROW || performance.now() >= giveUpAt) {
        return { outcome: "open", park: { forMs: parkedMs, reason: result.reason } };
      }
      await sleep(ownWait(result), undefined, { signal });
    }
  };
}

const explainSilence = (reason: string) =>
  `No call got through for ten minutes. ${reason} Check the connection and Google’s status page, then resume.`;
