import { z } from "zod";
import { drawingModels } from "./drawing-file";
import { count, day, usd } from "./file-values";

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

type Problem = (path: PropertyKey[], message: string) => void;

function requireSources(facts: Record<string, unknown>, sources: object, problem: Problem): void {
  for (const [name, fact] of Object.entries(facts)) {
    if (fact !== null && !Object.hasOwn(sources, name)) problem(["sources", name], "is missing");
  }
}

function requireOrder(prices: { from: Date }[], problem: Problem): void {
  prices.forEach(({ from }, index) => {
    const before = prices[index - 1];
    if (before && from <= before.from) problem(["prices", index, "from"], "must be later than the price before it");
  });
}

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
    requireSources({ ends, thinking, imageTokens, limits }, sources, problem);
    requireOrder(prices, problem);
  });
export type ListedModel = z.infer<typeof model>;

/** USD for a million tokens of the input, from a day on. A model that embeds has no output. */
const embeddingPrice = z.strictObject({ from: day, text: usd, image: usd, source: z.string().min(1) });

const embedding = z
  .strictObject({
    released: day.nullable(),
    ends: day.nullable(),
    instead: z.string().nullable(),
    /** Numbers of a vector: how many are asked for, and between which numbers the model takes the wish. */
    dimensions: z.strictObject({ asked: count, least: count, most: count }),
    /** Tokens of one picture, whatever its size. */
    imageTokens: count,
    /** What one request may hold; pictures are contents, too. */
    most: z.strictObject({ contents: count, images: count }),
    limits: limits.nullable(),
    sources: z.partialRecord(z.enum(["ends", "dimensions", "imageTokens", "most", "limits"]), z.string().min(1)),
    /** The oldest first. */
    prices: z.array(embeddingPrice),
  })
  .superRefine(({ ends, instead, dimensions, imageTokens, most, limits, sources, prices }, context) => {
    const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    if (ends && !instead) problem(["instead"], "must name a model, since this one ends");
    requireSources({ ends, dimensions, imageTokens, most, limits }, sources, problem);
    requireOrder(prices, problem);
    const { asked, least, most: largest } = dimensions;
    if (asked < least || asked > largest) {
      problem(["dimensions", "asked"], `must be from ${least} to ${largest}, as the model takes`);
    }
    if (most.images > most.contents) problem(["most", "images"], "must not be more than contents, which they are, too");
  });
export type ListedEmbedding = z.infer<typeof embedding>;

/** prices/models.json, and a file of the same form that comes before it. */
export const modelFile = z
  .strictObject({
    asOf: day,
    /** Models that draw. Absent: the file is about none. */
    drawing: drawingModels.default({}),
    models: z.record(z.string(), model),
    /** Models that make vectors. Absent: the file is about none. */
    embeddings: z.record(z.string(), embedding).default({}),
  })
  .superRefine((file, context) => {
    for (const section of ["models", "embeddings"] as const) {
      for (const [name, { instead }] of Object.entries(file[section])) {
        if (instead !== null && !Object.hasOwn(file[section], instead)) {
          context.addIssue({ code: "custom", path: [section, name, "instead"], message: "is not in the file" });
        }
      }
    }
  });
export type ModelFile = z.infer<typeof modelFile>;
