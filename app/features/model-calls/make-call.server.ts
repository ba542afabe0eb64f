import { setTimeout as sleep } from "node:timers/promises";
import type { ItemContext, LeftOpen } from "~/features/job-runs/kinds/handler";
import { dayEnds, renewalWords } from "~/features/model-quotas/pacific-day";
import { reserveWithin } from "~/features/model-quotas/reserve-within.server";
import { waitInLine } from "~/features/model-quotas/wait-in-line.server";
import type { ModelLimits } from "~/features/prices/model-file";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Failure } from "~/ports/model/model.server";
import { explainSpentBudget, explainUnknownPrice } from "./budget";
import type { Answered, MadeCall } from "./call-end";
import type { Ledger, Reserved } from "./ledger";
import { LONGEST_TURN_MS } from "./longest-turn";
import type { NewCall } from "./reserve-call.sql.server";

type Deps = { db: Db; clock: Clock };

/** How long an item is put aside that waited for its turn for too long. */
const PARKED_MS = 60_000;
/** Waits for calls in flight, each twice the last. */
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 1_000;

export type Waiter = Pick<ItemContext<unknown>, "signal" | "waiting">;

/** A call of a run, where it is written down, and the limits that a file names for its model. */
type RunCall<R extends Reserved> = {
  ledger: Ledger<R>;
  call: Pick<NewCall, "model" | "reservedUsd" | "expectedTokens">;
  limits: ModelLimits;
};

/**
 * Makes one call of a run: waits until the model's quotas and the run's budget have room for it, reserves it, and has it carried
 * out. What leaves no hope for now pauses the run.
 * @param carryOut asks and settles
 */
export async function makeCall<A extends Answered, R extends Reserved = Reserved>(
  deps: Deps,
  call: RunCall<R>,
  waiter: Waiter,
  carryOut: (reserved: R) => Promise<A | Failure>,
): Promise<MadeCall<A>> {
  const reserved = await reserve(deps, call, waiter);
  if ("outcome" in reserved) return reserved;
  const result = await carryOut(reserved);
  if (result.kind !== "denied") return result;
  if (result.why !== "day") return { outcome: "open", pause: result.reason };
  const now = deps.clock.now();
  return { outcome: "open", pause: `${result.reason} That is ${renewalWords(now)}.`, until: dayEnds(now) };
}

/**
 * Reserves a call. Calls in flight have reserved the most that they can cost, so they are waited for: only a budget that
 * has no room left with none in flight pauses the run.
 */
async function reserve<R extends Reserved>(
  deps: Deps,
  asked: RunCall<R>,
  { signal, waiting }: Waiter,
): Promise<R | LeftOpen> {
  let hasWaited = false;
  const wait = (reason: string) => {
    hasWaited = true;
    waiting(reason);
  };
  for (let lookAgainMs = FIRST_LOOK_MS; ; lookAgainMs = Math.min(lookAgainMs * 2, LAST_LOOK_MS)) {
    signal.throwIfAborted();
    const turn = await takeTurn(deps, asked, { signal, waiting: wait });
    if ("outcome" in turn) return turn;
    const { reserved } = turn;
    if (reserved === "spent") {
      const { reservedUsd: callUsd, model } = asked.call;
      const standing = await asked.ledger.readStanding();
      const pause = callUsd === null ? explainUnknownPrice(model) : explainSpentBudget({ ...standing, callUsd });
      return { outcome: "open", pause };
    }
    if (reserved !== "in-flight") {
      if (signal.aborted) await asked.ledger.release(reserved);
      signal.throwIfAborted();
      if (hasWaited) waiting(null);
      return reserved;
    }
    wait("The rest of the budget is reserved for calls in progress.");
    await sleep(lookAgainMs, undefined, { signal });
  }
}

type Turn<R> = { reserved: R | "in-flight" | "spent" };

/** Waits in line while the model's quotas have no room, for as long as an item may. */
async function takeTurn<R extends Reserved>(
  deps: Deps,
  { ledger, call, limits }: RunCall<R>,
  { signal, waiting }: { signal: AbortSignal; waiting(reason: string): void },
): Promise<Turn<R> | LeftOpen> {
  const { db, clock } = deps;
  const asked = { model: call.model, tokens: call.expectedTokens, limits };
  let reason = "";
  const tryOnce = () => reserveWithin(deps, asked, ledger.reserve);
  const patience = AbortSignal.timeout(LONGEST_TURN_MS);
  try {
    const turn = await waitInLine(db, asked.model, tryOnce, {
      now: clock.now,
      signal: AbortSignal.any([signal, patience]),
      waiting(why) {
        reason = why;
        waiting(why);
      },
    });
    return "isForToday" in turn ? { outcome: "open", pause: turn.reason, until: turn.until } : turn;
  } catch (error) {
    signal.throwIfAborted();
    if (!patience.aborted) throw error;
    return { outcome: "open", park: { forMs: PARKED_MS, reason } };
  }
}
