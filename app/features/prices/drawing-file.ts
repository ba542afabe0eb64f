import { z } from "zod";
import { count, day, usd } from "./file-values";

/** USD for a million tokens, as Google lists them, from a day on. Cached input counts as other input. */
const price = z.strictObject({
  from: day,
  input: z.strictObject({ text: usd, image: usd }),
  /** Words beside the picture, and thoughts before it. */
  output: usd,
  /** Pictures. */
  picture: usd,
  /** Where the numbers were read, and when. */
  source: z.string().min(1),
});

const drawingModel = z
  .strictObject({
    released: day.nullable(),
    /** The first day on which it is no longer served; null: none is announced. */
    ends: day.nullable(),
    /** What to ask instead. */
    instead: z.string().nullable(),
    /** Output tokens of one picture by its size, the smallest first; null: not known. */
    sizes: z.record(z.string(), count.nullable()),
    /** Whether a request may name the size. */
    takesSize: z.boolean(),
    aspectRatios: z.array(z.string().regex(/^\d+:\d+$/, { error: "must be a ratio such as 3:4" })).min(1),
    /** Pictures of one request: uploads, references, base and mask together; null: not known. */
    mostPictures: count.nullable(),
    /** Tokens of one picture of a request, whatever its size; null: not known. */
    pictureTokens: count.nullable(),
    /** Levels that a request may name, from least to most; null: none, or not known. */
    thinkingLevels: z
      .array(z.enum(["minimal", "low", "medium", "high"]))
      .min(1)
      .nullable(),
    sources: z.strictObject({
      sizes: z.string().min(1),
      aspectRatios: z.string().min(1),
      mostPictures: z.string().min(1).optional(),
      pictureTokens: z.string().min(1).optional(),
      thinkingLevels: z.string().min(1).optional(),
      ends: z.string().min(1).optional(),
    }),
    /** The oldest first. */
    prices: z.array(price),
  })
  .superRefine((model, context) => {
    const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    const { ends, instead, mostPictures, pictureTokens, thinkingLevels, sizes, sources, prices } = model;
    if (ends && !instead) problem(["instead"], "must name a model, since this one ends");
    if (Object.keys(sizes).length === 0) problem(["sizes"], "must name at least one");
    for (const [name, fact] of Object.entries({ ends, mostPictures, pictureTokens, thinkingLevels })) {
      if (fact !== null && !Object.hasOwn(sources, name)) problem(["sources", name], "is missing");
    }
    prices.forEach(({ from }, index) => {
      const before = prices[index - 1];
      if (before && from <= before.from) problem(["prices", index, "from"], "must be later than the price before it");
    });
  });
export type DrawingModel = z.infer<typeof drawingModel>;

/** The section “drawing” of prices/models.json: models that draw, by name. */
export const drawingModels = z.record(z.string(), drawingModel).superRefine((models, context) => {
  for (const [name, { instead }] of Object.entries(models)) {
    if (instead !== null && !Object.hasOwn(models, instead)) {
      context.addIssue({ code: "custom", path: [name, "instead"], message: "is not in the file" });
    }
  }
});
