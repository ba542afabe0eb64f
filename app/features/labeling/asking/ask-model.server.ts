import type { LeftOpen } from "~/features/job-runs/kinds/handler";
import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import { askWithPatience } from "~/features/model-calls/ask-with-patience.server";
import type { Failed } from "~/features/model-calls/call-end";
import type { Waiter } from "~/features/model-calls/make-call.server";
import { countFailed } from "~/features/model-calls/reserve-call.sql.server";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model/model.server";
import { makeLabelCall, type Question } from "./make-label-call.server";
import type { OpenLabelRun } from "./open-label-run.server";

/** An end of a call that is the item's: an answer, or a failure that is this call's own. */
type Ended = Extract<LabelResult<PersonaAnswer>, { usage: unknown }> | Failed;

/**
 * One answer, each call reserved and settled. An answer that means nothing (empty, cut, not to be read) is asked for once
 * more. While the model takes no calls, or fails, the item waits or is parked; when no waiting helps, or when the budget is
 * spent, the run pauses and the item stays open.
 */
export async function askModel(
  ports: Ports,
  run: OpenLabelRun,
  { question, image }: { question: Question; image: ModelImage },
  waiter: Waiter,
): Promise<Ended | LeftOpen> {
  const { patience } = run;
  const ask = askWithPatience(ports, { patience, countFailed: () => countFailed(ports, question) }, waiter);
  let { maxOutputTokens } = run.content.settings;
  for (let isSecond = false; ; isSecond = true) {
    const result = await ask(() => makeLabelCall(ports, run, { question, image, maxOutputTokens }, waiter));
    if ("outcome" in result || result.kind === "failed") return result;
    if (isSecond || result.kind === "labelled" || result.kind === "refused") return result;
    // What left no room for the answer would do so again.
    if (result.kind === "truncated") maxOutputTokens *= 2;
  }
}
