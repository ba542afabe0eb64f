import { z } from "zod";

/** Whose originals are removed: of one conversion. */
export const removal = z.strictObject({ runId: z.number().int().positive() });
export type Removal = z.infer<typeof removal>;

export const REMOVE_ORIGINALS = "remove-originals";
export const CONVERT_IMAGES = "convert-images";
