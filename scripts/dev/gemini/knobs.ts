import { z } from "zod";

const faults = [
  "rate-limit",
  "server-error",
  "hang",
  "malformed-json",
  "break-schema",
  "max-tokens",
  "image-safety",
  "prompt-blocked",
] as const;

export type Fault = (typeof faults)[number];

const rule = z.strictObject({
  fault: z.enum(faults),
  /** Only calls whose last image has this SHA-256. */
  image: z.string().optional(),
  /** Calls that it applies to, after which it is gone; absent: all. */
  times: z.int().positive().optional(),
});

export const knobsSchema = z.strictObject({
  /** Milliseconds that an answer takes. */
  latencyMs: z.number().nonnegative().default(0),
  /** Calls in a minute before 429; null: no limit. */
  quotaPerMinute: z.int().positive().nullable().default(null),
  /** Milliseconds of that minute, for those who cannot wait for one. */
  minuteMs: z.number().positive().default(60_000),
  /** The retryDelay of a 429 of a "rate-limit" rule, in seconds. */
  retryDelaySeconds: z.number().nonnegative().default(20),
  /** The first rule that fits a call decides what happens to it. */
  rules: z.array(rule).default([]),
  /** One image in so many, chosen by its hash, is always refused / answered against the schema; 0: none. */
  oneIn: z
    .strictObject({ imageSafety: z.int().nonnegative(), breakSchema: z.int().nonnegative() })
    .default({ imageSafety: 0, breakSchema: 0 }),
});

export type Knobs = z.infer<typeof knobsSchema>;
export type KnobsInput = z.input<typeof knobsSchema>;

/** The demo's: quick enough to wait for, slow enough to watch, with a few answers that nobody hopes for. */
export const demoKnobs: KnobsInput = { latencyMs: 500, oneIn: { imageSafety: 20, breakSchema: 20 } };

/** What befalls this call, and the rules that remain after it. */
export function takeFault(knobs: Knobs, sha256: string): { fault: Fault | null; rules: Knobs["rules"] } {
  const index = knobs.rules.findIndex(({ image }) => image === undefined || image === sha256);
  const hit = knobs.rules[index];
  if (!hit) return { fault: oddity(knobs, sha256), rules: knobs.rules };
  const left = hit.times === undefined ? hit : hit.times > 1 ? { ...hit, times: hit.times - 1 } : null;
  return { fault: hit.fault, rules: knobs.rules.toSpliced(index, 1, ...(left ? [left] : [])) };
}

function oddity({ oneIn }: Knobs, sha256: string): Fault | null {
  const isChosen = (hex: string, n: number) => n > 0 && Number.parseInt(hex, 16) % n === 0;
  if (isChosen(sha256.slice(0, 8), oneIn.imageSafety)) return "image-safety";
  if (isChosen(sha256.slice(8, 16), oneIn.breakSchema)) return "break-schema";
  return null;
}
