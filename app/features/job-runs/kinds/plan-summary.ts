import { z } from "zod";

const counted = z.object({ what: z.string(), count: z.number() });

const known = z.object({
  /** Images that it is about: said in place of the number of items. */
  images: z.number().optional(),
  /** Objects beside them that are no images. */
  otherObjects: z.number().optional(),
  /** How its items are now, each present value with their number: “no thumbnail” 40, “an older thumbnail” 12. */
  present: z.array(counted).optional(),
  /** What it leaves alone, by the reason in words: “Already have a thumbnail” 52. */
  leftOut: z.array(counted).optional(),
  /** What changes along with the items: “thumbnails” 12. */
  followers: z.array(counted).optional(),
  /** Ids of some of its images, for people to see. */
  samples: z.array(z.number()).optional(),
  /** Of a set-based plan: the first item of each stretch whose items are in the order of their ids. Absent: all of them are. */
  stretches: z.array(z.number()).optional(),
  bytes: z.number().optional(),
  s3Calls: z.number().optional(),
  /** USD: as likely more as less, what nine in ten such runs cost at most, and at most. */
  quote: z
    .object({ expectedUsd: z.number(), p90Usd: z.number().optional(), mostUsd: z.number().optional() })
    .optional(),
  /** Of an undo: how many of the items that its run changed it can put back. */
  putsBack: z.object({ runId: z.number(), items: z.number(), of: z.number() }).optional(),
  /** What stands in the way: the count, and the first of them as sentences. Their items will be skipped. */
  conflicts: z.object({ count: z.number(), sample: z.array(z.string()) }).optional(),
  /** Further lines to read, that only this kind has: “Prompt” – “personas, 3 examples”. Nothing looks for one by its label. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  /** What will be lost or changes beside what the items say, as sentences with their counts. */
  warnings: z.array(z.string()).optional(),
  /**
   * A danger that the work cannot rule out, as a sentence. Only a person who accepts it can apply the plan: it is not
   * applied by itself.
   */
  needsConsent: z.string().optional(),
});

/** What a plan says of itself before it is applied. Absent: does not apply, or cannot be known. */
export type PlanSummary = z.infer<typeof known>;

/** Plans of older versions have their dollars as `usd`, and images and quote among the facts. */
const stored = known.extend({ usd: z.number().optional() });

/** A summary as a run's row holds it, also one that an older version wrote. */
export const planSummary: z.ZodType<PlanSummary> = stored.transform(({ usd, ...summary }): PlanSummary => {
  if (usd === undefined && !summary.facts?.some(({ label }) => label === "Images")) return summary;
  const textOf = (label: string) => summary.facts?.find((fact) => fact.label === label)?.value;
  const images = textOf("Images");
  const [expectedUsd, mostUsd] = numbersIn(textOf("Quote"));
  return {
    ...summary,
    ...(images !== undefined && { images: numbersIn(images)[0] ?? 0 }),
    ...(usd !== undefined && { quote: { expectedUsd: expectedUsd ?? usd, ...(mostUsd !== undefined && { mostUsd }) } }),
    facts: summary.facts?.filter(({ label }) => label !== "Images" && label !== "Quote") ?? [],
  };
});

/** “$1 204.50, at most $2” → 1204.5, 2. A narrow no-break space sets thousands apart; the oldest plans have a comma. */
const numbersIn = (text = ""): number[] =>
  [...text.matchAll(/\d+(?:[\u202f,]\d{3})*(?:\.\d+)?/g)].map(([number]) => Number(number.replace(/[\u202f,]/g, "")));
