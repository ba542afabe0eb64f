import { describe, expect, test } from "vitest";
import { randomOf } from "../../../../tests/support/random";
import { makeQuote, type Sample } from "./quote";

const price = { input: { text: 1e-6, image: 2e-6 }, cached: null, output: 1e-5, thoughts: 1e-5 };
const call = { text: 1_000, image: 500, isEstimate: false };
/** One call: 1,000 · 1e-6 + 500 · 2e-6 = $0.002, and 100 tokens of output $0.001. */
const one: Sample = { calls: 1, output: 100, thoughts: 0 };
const base = { images: 1_000, call, price, basis: "version", guess: 120, mostUsd: 30 } as const;

describe("makeQuote", () => {
  test("of images that all took the same, p50 and p90 are one", () => {
    expect(makeQuote({ ...base, samples: [one, one, one] })).toMatchObject({
      outputTokens: 100,
      callsPerImage: 1,
      basis: "version",
      samples: 3,
      p50Usd: expect.closeTo(3, 9),
      p90Usd: expect.closeTo(3, 9),
      mostUsd: 30,
    });
  });

  test("an image that is asked about twice costs its input twice", () => {
    const twice = { calls: 2, output: 200, thoughts: 20 };
    const { p50Usd, callsPerImage, outputTokens } = makeQuote({ ...base, samples: [one, one, twice] });
    expect(p50Usd).toBeCloseTo(1_000 * ((0.003 + 0.003 + 0.006) / 3), 9);
    expect([callsPerImage, outputTokens]).toEqual([1.333, 133]);
  });

  test("without samples it goes by the schema, and says no p90", () => {
    expect(makeQuote({ ...base, samples: [] })).toMatchObject({
      basis: "schema",
      samples: 0,
      p50Usd: expect.closeTo(3.2, 9),
      p90Usd: null,
    });
  });

  test("two samples do not tell how much images differ", () => {
    expect(makeQuote({ ...base, samples: [one, { ...one, output: 200 }] }).p90Usd).toBeNull();
  });

  test("an unknown price is unknown, never nothing", () => {
    expect(makeQuote({ ...base, price: null, samples: [one, one, one], mostUsd: null })).toMatchObject({
      p50Usd: null,
      p90Usd: null,
      mostUsd: null,
    });
  });

  test.each([
    [10, 0.77, 0.93],
    [100, 0.85, 0.95],
  ])(
    "nine runs in ten cost at most p90, from %d samples of which some took two calls: %d to %d",
    (known, least, most) => {
      const { below } = randomOf(7);
      const draw = (): Sample => ({ calls: below(20) === 0 ? 2 : 1, output: 60 + below(120), thoughts: 0 });
      const usdOf = ({ calls, output }: Sample) => calls * 0.002 + output * 1e-5;
      const runs = Array.from({ length: 1_000 }, () => {
        const { p90Usd, p50Usd } = makeQuote({ ...base, images: 200, samples: Array.from({ length: known }, draw) });
        const actual = Array.from({ length: 200 }, draw).reduce((sum, sample) => sum + usdOf(sample), 0);
        return { isWithin: actual <= (p90Usd ?? 0), isBelow: actual <= (p50Usd ?? 0) };
      });
      const share = (which: "isWithin" | "isBelow") => runs.filter((run) => run[which]).length / runs.length;
      expect(share("isWithin")).toBeGreaterThan(least);
      expect(share("isWithin")).toBeLessThan(most);
      expect(share("isBelow")).toBeGreaterThan(0.35);
      expect(share("isBelow")).toBeLessThan(0.65);
    },
  );
});
