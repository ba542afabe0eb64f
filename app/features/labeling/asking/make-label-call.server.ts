import type { PersonaAnswer } from "~/features/labeling/prompts/answer-schema";
import type { MadeCall } from "~/features/model-calls/call-end";
import { makeCall, type Waiter } from "~/features/model-calls/make-call.server";
import { ledgerOf } from "~/features/model-calls/reserve-call.sql.server";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model/model.server";
import { carryOutCall } from "./carry-out-call.server";
import type { OpenLabelRun } from "./open-label-run.server";

type Said = Extract<LabelResult<PersonaAnswer>, { usage: unknown }>;

/** What a run asks about one image. */
export type Question = { labelRunId: number; imageId: number; requestHash: string };

/**
 * Makes one call of a label run. A model that has ended since the plan pauses it: another one would answer in its place, at
 * another price.
 */
export async function makeLabelCall(
  ports: Ports,
  run: OpenLabelRun,
  { question, image, maxOutputTokens }: { question: Question; image: ModelImage; maxOutputTokens: number },
  waiter: Waiter,
): Promise<MadeCall<Said>> {
  const { model } = run.content.settings;
  const now = ports.clock.now();
  const ended = run.explainEnd(now);
  if (ended !== null) return { outcome: "open", pause: `${ended} Cancel this run: what it has proposed stays.` };
  const { labelRunId, ...asked } = question;
  const reservedUsd = run.maxCallUsd(maxOutputTokens, now);
  const call = { ...asked, model, reservedUsd, expectedTokens: run.expectedTokens };
  const { limits } = run.factsAt(now);
  return makeCall<Said>(ports, { ledger: ledgerOf(ports, { labelRunId }, call), call, limits }, waiter, (reserved) =>
    carryOutCall(ports, run, { reserved, reservedUsd, image, maxOutputTokens, signal: waiter.signal }),
  );
}
