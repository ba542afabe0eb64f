import type {
  ItemContext,
  ItemHandler,
  ItemResult,
  OpenItem,
  PlannedItem,
  RunContext,
} from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { labelImage } from "~/features/labeling/asking/label-image.server";
import { openLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { requoteLabelRun } from "~/features/labeling/quote/quote-label-run.server";
import type { Ports } from "~/ports/index.server";
import { PILOT_IMAGES, type PilotPayload } from "./pilot";
import { readPilotQuote } from "./start-pilot.server";

/** Images spread evenly over the plan, since neighbors in it often look alike. */
async function* planPilot(
  { db }: Ports,
  { payload: { runId } }: RunContext<PilotPayload>,
): AsyncGenerator<PlannedItem[], PlanSummary> {
  const { planned } = await db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { planned: true } });
  const images = Math.min(planned, PILOT_IMAGES);
  const seqs = Array.from({ length: images }, (_, index) => Math.floor((index * planned) / images));
  const items = await db.jobItem.findMany({ where: { runId, seq: { in: seqs } }, orderBy: { seq: "asc" } });
  yield items.map(({ subject, label, etag }) => ({
    subject,
    ...(label !== null && { label }),
    ...(etag !== null && { etag, before: { etag } }),
  }));
  const quote = await readPilotQuote(db, runId);
  return { images, ...(quote && { quote }) };
}

/** Asks, and keeps the answer: the label run finds it when its turn comes. */
async function askInPilot(ports: Ports, item: OpenItem, context: ItemContext<PilotPayload>): Promise<ItemResult> {
  const { runId } = context.payload;
  const { status } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { status: true } });
  // It was given up since: an answer would be paid for, and used for nothing.
  if (status !== "planned") {
    return { outcome: "skipped", reason: `Label run ${runId} does not wait to be applied any more.` };
  }
  const result = await labelImage(ports, item, { ...context, runId });
  if (result.outcome !== "open") await requoteLabelRun(ports, await openLabelRun(ports, runId));
  // Its proposals are the label run's to write, when its own item comes to the answer.
  const { write, ...kept } = result;
  return kept;
}

export const pilotHandler: ItemHandler<PilotPayload> = { plan: planPilot, apply: askInPilot };
