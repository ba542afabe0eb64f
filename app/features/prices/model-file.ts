import { z } from "zod";

/** A day as UTC midnight: “2026-12-01”. */
const day = z.iso
  .date({ error: "must be a day such as 2026-12-01" })
  .transform((text) => new Date(`${text}T00:00:00Z`));

/** An unknown price is null, never 0: a call of an unknown price must not look like a free one. */
const usd = z.number().positive({ error: "must be more than 0; null stands for a price that is not known" });

const count = z.int().positive();

/** USD for a million tokens, as Google lists them, from a day on. */
const price = z.strictObject({
  from: day,
  input: z.strictObject({ text: usd, image: usd }),
  /** Input that is read from a cache. */
  cached: usd.nullable(),
  output: usd,
  thoughts: usd,
  /** Where the numbers were read, and when. */
  source: z.string().min(1),
});

export const mediaResolution = z.enum(["low", "medium", "high"]);
export type MediaResolution = z.infer<typeof mediaResolution>;

/** From least to most. */
export const thinkingLevel = z.enum(["minimal", "low", "medium", "high"]);
export type ThinkingLevel = z.infer<typeof thinkingLevel>;

const thinking = z.union([
  z.strictObject({ leastBudget: z.int().nonnegative() }),
  z.strictObject({ levels: z.array(thinkingLevel).min(1) }),
]);

const limits = z.strictObject({
  requestsPerMinute: count.nullable(),
  /** Of the input. */
  tokensPerMinute: count.nullable(),
  requestsPerDay: count.nullable(),
});
/** What a Google project may ask of a model; null: not known. They differ by project. */
export type ModelLimits = z.infer<typeof limits>;

const model = z
  .strictObject({
    released: day.nullable(),
    /** The first day on which it is no longer served; null: none is announced. */
    ends: day.nullable(),
    /** What to ask instead. */
    instead: z.string().nullable(),
    /** Settings beside those that every model takes. What is not listed is not sent. */
    parameters: z.array(z.enum(["temperature", "mediaResolution"])),
    /** How it is told to think as little as it can; null: not known, so it thinks as it does by itself. */
    thinking: thinking.nullable(),
    /** Tokens of one picture by media resolution; "tiles": by its size, as Gemini 2 counts; null: not known. */
    imageTokens: z
      .union([z.literal("tiles"), z.strictObject({ low: count, medium: count, high: count, default: mediaResolution })])
      .nullable(),
    limits: limits.nullable(),
    sources: z.partialRecord(z.enum(["ends", "parameters", "thinking", "imageTokens", "limits"]), z.string().min(1)),
    /** The oldest first. */
    prices: z.array(price),
  })
  .superRefine(({ ends, instead, thinking, imageTokens, limits, sources, prices }, context) => {
    const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    if (ends && !instead) problem(["instead"], "must name a model, since this one ends");
    for (const [name, fact] of Object.entries({ ends, thinking, imageTokens, limits })) {
      if (fact !== null && !Object.hasOwn(sources, name)) problem(["sources", name], "is missing");
    }
    prices.forEach(({ from }, index) => {
      const before = prices[index - 1];
      if (before && from <= before.from) problem(["prices", index, "from"], "must be later than the price before it");
    });
  });
export type ListedModel = z.infer<typeof model>;

/** prices/models.json, and a file of the same form that comes before it. */
export const modelFile = z
  .strictObject({ asOf: day, models: z.record(z.string(), model) })
  .superRefine(({ models }, context) => {
    for (const [name, { instead }] of Object.entries(models)) {
      if (instead !== null && !Object.hasOwn(models, instead)) {
        context.addIssue({ code: "custom", path: ["models", name, "instead"], message: "is not in the file" });
      }
    }
  });
export type ModelFile = z.infer<typeof modelFile>;
