import { setTimeout as sleep } from "node:timers/promises";
import type { ItemContext, LeftOpen } from "~/features/job-runs/kinds/handler";
import { explainSpentBudget, explainUnknownPrice } from "~/features/labeling/budget/budget";
import {
  type Call,
  countFailed,
  type Question,
  type Reserved,
  readStanding,
  reserveCall,
  settleCall,
} from "~/features/labeling/budget/reservations.sql.server";
import { type LabelRunScope, LONGEST_TURN_MS } from "~/features/labeling/label-run";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model/model.server";
import type { OpenLabelRun } from "./open-label-run.server";

/** How long an item is put aside that waited for its turn for too long. */
const PARKED_MS = 60_000;
/** So many calls of an item that fail one after the other park it: a third at once would most likely fail too, and may cost. */
const FAILURES_IN_A_ROW = 2;
/** With so many the item has failed. Its parks lie between them, so an outage of a minute or two does not reach them. */
export const FAILURES_OF_AN_ITEM = 6;
/** Waits for calls in flight, each twice the last. */
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 1_000;

type Waiter = Pick<ItemContext<LabelRunScope>, "signal" | "waiting">;
type Result = LabelResult<PersonaAnswer>;
/** An end of a call that is the item's: an answer, or a failure that is this call's own. */
type Ended = Exclude<Result, { kind: "rate-limited" | "unavailable" | "denied" }>;
/** Ends that tell nothing about the picture, and may pass. */
type HeldUp =
  | Extract<Result, { kind: "rate-limited" | "unavailable" }>
  | (Extract<Result, { kind: "failed" }> & { retryable: true });

const isHeldUp = (result: Exclude<Result, { kind: "denied" }>): result is HeldUp =>
  result.kind === "rate-limited" || result.kind === "unavailable" || (result.kind === "failed" && result.retryable);

/**
 * One answer, each call reserved and settled. An answer that means nothing (empty, cut, not to be read) is asked for once
 * more. While the model takes no calls, or fails, the item waits for its turn with all others, or is parked; when no call
 * has got through for ten minutes, when no waiting helps, or when the budget is spent, the run pauses and the item stays
 * open.
 */
export async function askModel(
  ports: Ports,
  run: OpenLabelRun,
  { question, image }: { question: Question; image: ModelImage },
  { signal, waiting }: Waiter,
): Promise<Ended | LeftOpen> {
  const { settings } = run.content;
  const giveUpAt = performance.now() + LONGEST_TURN_MS;
  let { maxOutputTokens } = settings;
  let failures = 0;
  for (let isSecond = false; ; ) {
    await ports.model.whenReady(settings.model, signal);
    const reservedUsd = run.maxCallUsd(maxOutputTokens, ports.clock.now());
    const call = { ...question, model: settings.model, reservedUsd, expectedTokens: run.expectedTokens };
    const reserved = await reserve(ports, call, { signal, waiting });
    if ("outcome" in reserved) return reserved;
    const result = await ports.model.label({ ...run.request(image), maxOutputTokens, signal });
    await settleCall(ports, reserved, result, { priceOf: run.priceOf, reservedUsd });
    if (result.kind === "denied") return { outcome: "open", pause: result.reason };
    if (isHeldUp(result)) {
      signal.throwIfAborted();
      const now = ports.clock.now().getTime();
      if (run.patience.isOver(now)) return { outcome: "open", pause: explainSilence(result.reason) };
      if (result.kind === "failed") {
        failures++;
        // A retry of the item counts on from here, so that it has as many again.
        if ((await countFailed(ports, question)) % FAILURES_OF_AN_ITEM === 0) return result;
      }
      waiting(result.reason);
      if (failures < FAILURES_IN_A_ROW && performance.now() < giveUpAt) continue;
      return { outcome: "open", park: { until: new Date(now + PARKED_MS), reason: result.reason } };
    }
    if (result.kind === "failed") return result;
    run.patience.answered();
    waiting(null);
    if (isSecond || result.kind === "labelled" || result.kind === "refused") return result;
    isSecond = true;
    // What left no room for the answer would do so again.
    if (result.kind === "truncated") maxOutputTokens *= 2;
  }
}

const explainSilence = (reason: string) =>
  `No call got through for ten minutes. ${reason} Check the connection and Google’s status page, then resume.`;

/**
 * Reserves a call. Calls in flight have reserved the most that they can cost, so they are waited for: only a budget that
 * has no room left with none in flight pauses the run.
 */
async function reserve(ports: Ports, call: Call, { signal, waiting }: Waiter): Promise<Reserved | LeftOpen> {
  let hasWaited = false;
  for (let lookAgainMs = FIRST_LOOK_MS; ; lookAgainMs = Math.min(lookAgainMs * 2, LAST_LOOK_MS)) {
    signal.throwIfAborted();
    const reserved = await reserveCall(ports, call);
    if (reserved === "spent") {
      const { reservedUsd: callUsd, model } = call;
      const standing = await readStanding(ports, call.labelRunId);
      const pause = callUsd === null ? explainUnknownPrice(model) : explainSpentBudget({ ...standing, callUsd });
      return { outcome: "open", pause };
    }
    if (reserved !== "in-flight") {
      if (hasWaited) waiting(null);
      return reserved;
    }
    hasWaited = true;
    waiting("The rest of the budget is reserved for calls in progress.");
    await sleep(lookAgainMs, undefined, { signal });
  }
}
