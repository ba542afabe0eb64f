import type { ItemHandler } from "~/features/job-runs/handler";
import { labelImage } from "./label-image.server";
import type { LabelRunPayload } from "./label-run";
import { planLabelRun } from "./plan-label-run.server";

export const labelRunHandler: ItemHandler<LabelRunPayload> = { plan: planLabelRun, apply: labelImage };
