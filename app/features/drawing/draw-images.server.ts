import type { ItemContext, ItemHandler, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import type { Ports } from "~/ports/index.server";
import { drawItem } from "./draw-images";
import { drawPicture } from "./draw-picture.server";
import { type DrawRequest, drawRequest } from "./draw-request";
import { pauseFor, readDrawTerms } from "./draw-terms.server";
import { planDrawings } from "./plan-drawings.server";
import { undoOfDrawings } from "./undo-drawings.server";

export const drawImagesHandler: ItemHandler<DrawRequest> = {
  plan: planDrawings,
  apply: drawItemOfRun,
  undo: undoOfDrawings<DrawRequest>((payload) => drawRequest.parse(payload).ownerId),
};

async function drawItemOfRun(
  ports: Ports,
  { seq, before }: OpenItem,
  context: ItemContext<DrawRequest>,
): Promise<ItemResult> {
  const run = await readDrawTerms(ports, context.runId).catch(pauseFor);
  if ("outcome" in run) return run;
  const item = drawItem.parse(before);
  const drawing = { item, seq, run, request: context.payload, take: item.picture, trial: null };
  return drawPicture(ports, drawing, context);
}
