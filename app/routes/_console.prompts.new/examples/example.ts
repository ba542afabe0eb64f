import { z } from "zod";

/** An example as the editor keeps it, and a draft in the browser. */
export const example = z.object({
  imageId: z.number().nullable(),
  key: z.string(),
  etag: z.string(),
  labels: z.record(z.string(), z.string()),
  /** Who says so, by attribute, as long as no one chose otherwise here. */
  from: z.record(z.string(), z.string()).optional(),
});
export type Example = z.infer<typeof example>;
