import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { convertImage } from "./convert-image.server";
import type { Conversion } from "./convert-images";
import { planConversion } from "./plan-conversion.server";
import { undoConversion } from "./undo-conversion.server";

export const convertImagesHandler: ItemHandler<Conversion> = {
  plan: planConversion,
  apply: convertImage,
  undo: undoConversion,
};
