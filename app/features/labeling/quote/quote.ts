import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { costOf, type ModelPrice } from "~/features/prices/model-prices";

/** What one image took in a run of before: its calls that were billed, and the tokens of their answers. */
export type Sample = { calls: number; output: number; thoughts: number };

/** Whose answers a quote goes by: this version's, those of other versions of its name, or nobody's (the schema's length). */
const basis = z.enum(["version", "name", "schema"]);

/** What a label run is expected to take, as its row keeps it. Dollars are null where they cannot be told. */
const quote = z.object({
  /** Images that are asked about; answers at hand cost nothing. */
  images: z.number(),
  /** Input tokens of one call, as counted before any is made. */
  call: z.object({ text: z.number(), image: z.number(), isEstimate: z.boolean() }),
  /** Output tokens of one image, thoughts included, and the calls that it takes on average. */
  outputTokens: z.number(),
  callsPerImage: z.number(),
  basis,
  /** Images whose answers it goes by. */
  samples: z.number(),
  /** What it costs as likely more as less, and what nine runs in ten cost at most. */
  p50Usd: z.number().nullable(),
  p90Usd: z.number().nullable(),
  /** What it cannot pass unless images are asked about again. */
  mostUsd: z.number().nullable(),
});
export type Quote = z.infer<typeof quote>;
export const quoteColumn = jsonColumn(quote);

/** With fewer nothing can be said of how much images differ. */
const FEWEST_SAMPLES = 3;
/**
 * How many standard deviations above the middle nine in ten end: of a normal distribution, and the first term by which
 * Student's differs from it where the deviation comes from few samples.
 */
const nineInTen = (samples: number) => 1.2816 * (1 + (1.2816 ** 2 + 1) / (4 * (samples - 1)));

/**
 * A quote from what images took before. Each image is a draw: the sum of many varies little, but what one takes on average is
 * known only as well as there are samples, so few samples make p90 wide. What happens to one image in twenty (an answer that
 * has to be asked for again) ten samples rarely show: then p90 is passed about twice as often.
 * @param guess output tokens of one image where there is no sample
 */
export function makeQuote(input: {
  images: number;
  call: Quote["call"];
  price: ModelPrice | null;
  samples: Sample[];
  basis: "version" | "name";
  guess: number;
  mostUsd: number | null;
}): Quote {
  const { images, call, price, samples, guess, mostUsd } = input;
  const drawn = samples.length > 0 ? samples : [{ calls: 1, output: guess, thoughts: 0 }];
  const usdOf = ({ calls, output, thoughts }: Sample) =>
    price && costOf(price, { text: calls * call.text, image: calls * call.image, cached: 0, output, thoughts });
  const costs = drawn.flatMap((sample) => usdOf(sample) ?? []);
  const isKnown = costs.length === drawn.length;
  const p90 =
    isKnown && samples.length >= FEWEST_SAMPLES
      ? images * mean(costs) + nineInTen(costs.length) * spread(costs, images)
      : null;
  return {
    images,
    call,
    outputTokens: Math.round(mean(drawn.map(({ output }) => output))),
    callsPerImage: Math.round(mean(drawn.map(({ calls }) => calls)) * 1_000) / 1_000,
    basis: samples.length > 0 ? input.basis : "schema",
    samples: samples.length,
    p50Usd: isKnown ? images * mean(costs) : null,
    p90Usd: p90,
    mostUsd,
  };
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The standard deviation of the sum of so many draws whose mean was itself estimated from these. */
function spread(costs: number[], draws: number): number {
  const middle = mean(costs);
  const variance = costs.reduce((sum, cost) => sum + (cost - middle) ** 2, 0) / (costs.length - 1);
  return Math.sqrt(draws * variance + draws ** 2 * (variance / costs.length));
}
