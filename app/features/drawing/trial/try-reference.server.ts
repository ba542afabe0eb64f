import { drawPicture } from "~/features/drawing/draw-picture.server";
import { pauseFor, readDrawTerms } from "~/features/drawing/draw-terms.server";
import { undoOfDrawings } from "~/features/drawing/undo-drawings.server";
import type { ItemContext, ItemHandler, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { loadDrawingModels } from "~/features/prices/load-drawing-models.server";
import type { Ports } from "~/ports/index.server";
import { planTrial } from "./plan-trial.server";
import { type TrialPayload, trialItem } from "./try-reference";

/** Nobody owns what a trial draws: a user's pictures are those that the user asked for. */
export const tryReferenceHandler: ItemHandler<TrialPayload> = {
  plan: planTrial,
  apply: drawItemOfTrial,
  undo: undoOfDrawings<TrialPayload>(() => null),
};

async function drawItemOfTrial(
  ports: Ports,
  { seq, before }: OpenItem,
  context: ItemContext<TrialPayload>,
): Promise<ItemResult> {
  const terms = await readDrawTerms(ports, context.runId).catch(pauseFor);
  if ("outcome" in terms) return terms;
  const item = trialItem.parse(before);
  const { request, take, textTokens, generation, reference } = item;
  const { model } = request;
  const book = await loadDrawingModels(ports.model);
  const run = { ...terms, model, textTokens, factsAt: (at: Date) => book.factsOf(model, at) };
  return drawPicture(ports, { item, seq, run, request, take, trial: { generation, reference } }, context);
}
