import { z } from "zod";
import { generationRecord } from "~/features/generations/import/generation-record";
import { jsonColumn } from "~/features/json-column";

/** What a record of the console's own drawings has beside what all have; of another's, what looks alike is none of it. */
const studioFacts = z.object({
  runId: z.number(),
  size: z.string().nullish().catch(null),
  aspectRatio: z.string().nullish().catch(null),
  usd: z.number().nullish().catch(null),
  modelVersion: z.string().nullish().catch(null),
  notes: z.array(z.string()).optional().catch([]),
  /** Why there is no picture, and what to change. */
  error: z.string().nullish().catch(null),
  /** The role of each reference, in their order. */
  shownAs: z.array(z.string()).optional().catch([]),
  picture: z.number().optional().catch(undefined),
  of: z.number().optional().catch(undefined),
  injected: z
    .object({
      ...{ root: z.string(), mode: z.string() },
      ...{ attributes: z.record(z.string(), z.string()), ageRange: z.string().nullable() },
    })
    .nullish()
    .catch(null),
  /** The SHA-256 of the mask outside of which nothing was changed. */
  mask: z.string().nullish().catch(null),
  /** Of a trial: the generation that was drawn once more, with its own reference (“old”) or another one. */
  trial: z
    .object({ generation: z.string(), reference: z.enum(["old", "new"]) })
    .nullish()
    .catch(null),
});
export type StudioFacts = z.infer<typeof studioFacts>;

const columns = jsonColumn(generationRecord.partial());

/** Reads them from a record as it is kept; null: it is not of the console's own. */
export function readStudioFacts(id: string, record: string): StudioFacts | null {
  const facts = studioFacts.safeParse(columns.parse(record).more).data;
  return facts && id.startsWith(`studio-${facts.runId}-`) ? facts : null;
}
