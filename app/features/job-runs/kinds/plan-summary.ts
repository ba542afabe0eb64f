import { z } from "zod";

/** What a plan says of itself before it is applied. Null: does not apply, or cannot be known. */
export type PlanSummary = {
  bytes?: number;
  s3Calls?: number;
  usd?: number;
  /** What stands in the way: the count, and the first of them as sentences. Their items will be skipped. */
  conflicts?: { count: number; sample: string[] };
  /** Further lines to read, in order: "Already have a thumbnail" – "52". */
  facts?: { label: string; value: string }[];
  /** What will be lost or changes beside what the items say, as sentences with their counts. */
  warnings?: string[];
  /**
   * A danger that the work cannot rule out, as a sentence. Only a person who accepts it can apply the plan: it is not
   * applied by itself.
   */
  needsConsent?: string;
};

export const planSummary: z.ZodType<PlanSummary> = z.object({
  bytes: z.number().optional(),
  s3Calls: z.number().optional(),
  usd: z.number().optional(),
  conflicts: z.object({ count: z.number(), sample: z.array(z.string()) }).optional(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  warnings: z.array(z.string()).optional(),
  needsConsent: z.string().optional(),
});
