import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { labelImage } from "./asking/label-image.server";
import type { LabelRunScope } from "./label-run";
import { planLabelRun } from "./plan-label-run.server";

export const labelRunHandler: ItemHandler<LabelRunScope> = { plan: planLabelRun, apply: labelImage };
