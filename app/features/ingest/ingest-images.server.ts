import type { z } from "zod";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { ingestImage } from "./ingest-image.server";
import type { ingestImages } from "./ingest-images";
import { planIngest } from "./plan-ingest.server";
import { undoIngest } from "./undo-ingest.server";

export const ingestImagesHandler: ItemHandler<z.infer<typeof ingestImages.payload>> = {
  plan: ({ db }, context) => planIngest(db, context),
  apply: ingestImage,
  undo: undoIngest,
};
