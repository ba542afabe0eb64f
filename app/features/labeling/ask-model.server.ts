import { setTimeout as sleep } from "node:timers/promises";
import type { ItemContext, LeftOpen } from "~/features/job-runs/handler";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model.server";
import type { PersonaAnswer } from "./answer-schema";
import { explainSpentBudget } from "./budget";
import { type LabelRunScope, LONGEST_TURN_MS } from "./label-run";
import type { OpenLabelRun } from "./open-label-run.server";
import { type Call, readStanding, reserveCall, settleCall } from "./reservations.sql.server";

/** How long an item is put aside that waited for its turn for too long. */
const PARKED_MS = 60_000;
/** Waits for calls in flight, each twice the last. */
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 1_000;

type Result = LabelResult<PersonaAnswer>;
/** An end of a call that is the item's: an answer, or a failure that is this call's own. */
type Ended = Exclude<Result, { kind: "rate-limited" | "unavailable" | "denied" }>;

/**
 * One answer, each call reserved and settled. An answer that means nothing (empty, cut, not to be read) is asked for once
 * more. While the model takes no calls the item waits for its turn; when none has got through for ten minutes, when no
 * waiting helps, or when the budget is spent, the run pauses and the item stays open.
 */
export async function askModel(
  ports: Ports,
  run: OpenLabelRun,
  { question, image }: { question: Omit<Call, "reservedUsd">; image: ModelImage },
  { signal, waiting }: ItemContext<LabelRunScope>,
): Promise<Ended | LeftOpen> {
  const { settings } = run.content;
  const giveUpAt = performance.now() + LONGEST_TURN_MS;
  let { maxOutputTokens } = settings;
  for (let isSecond = false; ; ) {
    await ports.model.whenReady(settings.model, signal);
    const reservedUsd = run.maxCallUsd(maxOutputTokens);
    const reserved = await reserve(ports, { ...question, reservedUsd }, { signal, waiting });
    if ("outcome" in reserved) return reserved;
    const result = await ports.model.label({ ...run.request(image), maxOutputTokens, signal });
    await settleCall(ports, reserved.callId, result, { price: run.price, reservedUsd });
    if (result.kind === "denied") return { outcome: "open", pause: result.reason };
    if (result.kind === "rate-limited" || result.kind === "unavailable") {
      const now = ports.clock.now().getTime();
      if (run.patience.isOver(now)) {
        return { outcome: "open", pause: `No call got through for ten minutes. ${result.reason}` };
      }
      waiting(result.reason);
      if (performance.now() < giveUpAt) continue;
      return { outcome: "open", park: { until: new Date(now + PARKED_MS), reason: result.reason } };
    }
    if (result.kind === "failed") return result;
    run.patience.answered();
    waiting(null);
    if (isSecond || result.kind === "labelled" || result.kind === "refused") return result;
    isSecond = true;
    // Thoughts that left no room for an answer would do so again.
    if (result.kind === "truncated" && result.byThoughts) maxOutputTokens *= 2;
  }
}

/**
 * Reserves a call. Calls in flight have reserved the most that they can cost, so they are waited for: only a budget that
 * has no room left with none in flight pauses the run.
 */
async function reserve(
  ports: Ports,
  call: Call,
  { signal, waiting }: Pick<ItemContext<LabelRunScope>, "signal" | "waiting">,
): Promise<{ callId: number } | LeftOpen> {
  for (let lookAgainMs = FIRST_LOOK_MS; ; lookAgainMs = Math.min(lookAgainMs * 2, LAST_LOOK_MS)) {
    signal.throwIfAborted();
    const reserved = await reserveCall(ports, call);
    if (reserved === "spent") {
      const standing = await readStanding(ports, call.labelRunId);
      return { outcome: "open", pause: explainSpentBudget({ ...standing, callUsd: call.reservedUsd }) };
    }
    if (reserved !== "in-flight") return reserved;
    waiting("The rest of the budget is reserved for calls in flight.");
    await sleep(lookAgainMs, undefined, { signal });
  }
}
