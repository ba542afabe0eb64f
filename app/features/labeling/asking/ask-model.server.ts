import { setTimeout as sleep } from "node:timers/promises";
import type { LeftOpen } from "~/features/job-runs/kinds/handler";
import { countFailed, type Question } from "~/features/labeling/budget/reservations.sql.server";
import { LONGEST_TURN_MS } from "~/features/labeling/label-run";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model/model.server";
import { makeCall, type Waiter } from "./make-call.server";
import type { OpenLabelRun } from "./open-label-run.server";

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

type Result = Exclude<LabelResult<PersonaAnswer>, { kind: "denied" }>;
/** An end of a call that is the item's: an answer, or a failure that is this call's own. */
type Ended = Exclude<Result, { kind: "rate-limited" | "unavailable" }>;
/** Ends that tell nothing about the picture, and may pass. */
type HeldUp =
  | Extract<Result, { kind: "rate-limited" | "unavailable" }>
  | (Extract<Result, { kind: "failed" }> & { retryable: true });

const isHeldUp = (result: Result): result is HeldUp =>
  result.kind === "rate-limited" || result.kind === "unavailable" || (result.kind === "failed" && result.retryable);

/** How long the item itself waits; the model's quotas and outages hold all workers' calls (make-call.server.ts). */
function ownWait(result: HeldUp): number {
  if (result.kind === "failed") return AFTER_A_FAILURE_MS;
  return result.kind === "rate-limited" ? result.retryAfterMs : 0;
}

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
  const giveUpAt = performance.now() + LONGEST_TURN_MS;
  let { maxOutputTokens } = run.content.settings;
  let failures = 0;
  for (let isSecond = false; ; ) {
    const result = await makeCall(ports, run, { question, image, maxOutputTokens }, { signal, waiting });
    if ("outcome" in result) return result;
    if (isHeldUp(result)) {
      signal.throwIfAborted();
      if (run.patience.isOver(ports.clock.now().getTime()))
        return { outcome: "open", pause: explainSilence(result.reason) };
      let parkedMs = PARKED_MS;
      if (result.kind === "failed") {
        failures++;
        const failed = await countFailed(ports, question);
        // A retry of the item counts on from here, so that it has as many again.
        if (failed % FAILURES_OF_AN_ITEM === 0) return result;
        if (failed <= FAILURES_IN_A_ROW) parkedMs = FIRST_PARKED_MS;
      }
      waiting(result.reason);
      if (failures >= FAILURES_IN_A_ROW || performance.now() >= giveUpAt) {
        return { outcome: "open", park: { forMs: parkedMs, reason: result.reason } };
      }
      await sleep(ownWait(result), undefined, { signal });
      continue;
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
