import { z } from "zod";

/** Which image or reference of a generation record: 0 is the image itself, 1, 2, … are its references. */
export const externalPlace = z.object({ generationId: z.string(), position: z.number() });
export type ExternalPlace = z.infer<typeof externalPlace>;

/** What stood in the database before an image was found for it. `told`: how the record names a reference; null for the image itself. */
export const resolvedReference = externalPlace.extend({
  url: z.string().nullable(),
  payloadHash: z.string().nullable(),
  lastError: z.string(),
  told: z.string().nullable(),
});
export type ResolvedReference = z.infer<typeof resolvedReference>;
