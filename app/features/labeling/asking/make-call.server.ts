import { setTimeout as sleep } from "node:timers/promises";
import type { ItemContext, LeftOpen } from "~/features/job-runs/kinds/handler";
import { explainSpentBudget, explainUnknownPrice } from "~/features/labeling/budget/budget";
import {
  type Call,
  type Question,
  type Reserved,
  readStanding,
  releaseCall,
  reserveCall,
} from "~/features/labeling/budget/reservations.sql.server";
import { LONGEST_TURN_MS } from "~/features/labeling/label-run";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { dayEnds, renewalWords } from "~/features/model-quotas/pacific-day";
import { reserveWithin } from "~/features/model-quotas/reserve-within.server";
import type { AskedCall } from "~/features/model-quotas/room.sql.server";
import { waitInLine } from "~/features/model-quotas/wait-in-line.server";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model/model.server";
import { carryOutCall } from "./carry-out-call.server";
import type { OpenLabelRun } from "./open-label-run.server";

/** How long an item is put aside that waited for its turn for too long. */
const PARKED_MS = 60_000;
/** Waits for calls in flight, each twice the last. */
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 1_000;

export type Waiter = Pick<ItemContext<unknown>, "signal" | "waiting">;
type Result = LabelResult<PersonaAnswer>;

/**
 * Makes one call of a label run: waits until the model's quotas and the run's budget have room for it, reserves it, and carries it
 * out. What leaves no hope for now pauses the run; so does a model that has ended since the plan, which another one would answer
 * for, at another price.
 */
export async function makeCall(
  ports: Ports,
  run: OpenLabelRun,
  { question, image, maxOutputTokens }: { question: Question; image: ModelImage; maxOutputTokens: number },
  { signal, waiting }: Waiter,
): Promise<Exclude<Result, { kind: "denied" }> | LeftOpen> {
  const { model } = run.content.settings;
  const ended = run.explainEnd(ports.clock.now());
  if (ended !== null) return { outcome: "open", pause: `${ended} Cancel this run: what it has proposed stays.` };
  const facts = run.factsAt(ports.clock.now());
  const reservedUsd = run.maxCallUsd(maxOutputTokens, ports.clock.now());
  const call = { ...question, model, reservedUsd, expectedTokens: run.expectedTokens };
  const asked = { model, tokens: run.expectedTokens, limits: facts.limits };
  const reserved = await reserve(ports, call, asked, { signal, waiting });
  if ("outcome" in reserved) return reserved;
  const result = await carryOutCall(ports, run, { reserved, reservedUsd, image, maxOutputTokens, signal });
  if (result.kind === "denied") {
    if (result.why !== "day") return { outcome: "open", pause: result.reason };
    const now = ports.clock.now();
    return { outcome: "open", pause: `${result.reason} That is ${renewalWords(now)}.`, until: dayEnds(now) };
  }
  return result;
}

/**
 * Reserves a call. Calls in flight have reserved the most that they can cost, so they are waited for: only a budget that
 * has no room left with none in flight pauses the run.
 */
async function reserve(
  ports: Ports,
  call: Call,
  asked: AskedCall,
  { signal, waiting }: Waiter,
): Promise<Reserved | LeftOpen> {
  let hasWaited = false;
  const wait = (reason: string) => {
    hasWaited = true;
    waiting(reason);
  };
  for (let lookAgainMs = FIRST_LOOK_MS; ; lookAgainMs = Math.min(lookAgainMs * 2, LAST_LOOK_MS)) {
    signal.throwIfAborted();
    const turn = await takeTurn(ports, call, asked, { signal, waiting: wait });
    if ("outcome" in turn) return turn;
    const { reserved } = turn;
    if (reserved === "spent") {
      const { reservedUsd: callUsd, model } = call;
      const standing = await readStanding(ports, call.labelRunId);
      const pause = callUsd === null ? explainUnknownPrice(model) : explainSpentBudget({ ...standing, callUsd });
      return { outcome: "open", pause };
    }
    if (reserved !== "in-flight") {
      if (signal.aborted) await releaseCall(ports, reserved);
      signal.throwIfAborted();
      if (hasWaited) waiting(null);
      return reserved;
    }
    wait("The rest of the budget is reserved for calls in progress.");
    await sleep(lookAgainMs, undefined, { signal });
  }
}

type Turn = { reserved: Reserved | "in-flight" | "spent" };

/** Waits in line while the model's quotas have no room, for as long as an item may. */
async function takeTurn(
  ports: Ports,
  call: Call,
  asked: AskedCall,
  { signal, waiting }: { signal: AbortSignal; waiting(reason: string): void },
): Promise<Turn | LeftOpen> {
  const { db, clock } = ports;
  let reason = "";
  const tryOnce = () => reserveWithin(ports, asked, (hasRoom) => reserveCall(ports, call, hasRoom));
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
