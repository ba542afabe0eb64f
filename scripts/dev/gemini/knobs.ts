import { z } from "zod";

/** Answered with an error of HTTP, in Google's words. */
const errors = [
  "rate-limit",
  "quota-of-day",
  "no-quota",
  "spending-cap",
  "key-expired",
  "overloaded",
  "server-error",
] as const;

/** Answered with a candidate without a text, for this reason; "SOMETHING_NEW" stands for all that no one knows yet. */
const finishes = {
  "image-safety": "IMAGE_SAFETY",
  other: "OTHER",
  "no-image": "NO_IMAGE",
  "malformed-response": "MALFORMED_RESPONSE",
  "unknown-reason": "SOMETHING_NEW",
} as const;

const faults = [
  ...errors,
  "hang",
  // What the answer's text is:
  "malformed-json",
  "break-schema",
  "fenced",
  "doubled",
  "quoted",
  "number-as-text",
  "other-case",
  "max-tokens",
  // Answers without one:
  ...(Object.keys(finishes) as (keyof typeof finishes)[]),
  "thoughts",
  "empty",
  "no-candidate",
  "prompt-blocked",
] as const;

export type Fault = (typeof faults)[number];
export type ErrorFault = (typeof errors)[number];

export const isError = (fault: Fault | null): fault is ErrorFault => errors.some((one) => one === fault);
/** The finish reason that a fault stands for. */
export const finishOf = (fault: Fault | null): string | undefined =>
  Object.entries(finishes).find(([name]) => name === fault)?.[1];

/** What usageMetadata says, where it is not the truth. */
const usages = ["none", "negative", "fractional", "huge", "text", "zero"] as const;
export type UsageFault = (typeof usages)[number];

const rule = z.strictObject({
  fault: z.enum(faults).optional(),
  usage: z.enum(usages).optional(),
  /** Only calls whose last image has this SHA-256. */
  image: z.string().optional(),
  /** Calls that it applies to, after which it is gone; absent: all. */
  times: z.int().positive().optional(),
});

/** Models that it has, as Google's list has them in November 2026. */
const models = [
  "gemini-2.5-flash",
  "gemini-2.5-flash-lite",
  "gemini-2.5-pro",
  "gemini-3.5-flash",
  "gemini-3.5-flash-lite",
  "gemini-3.6-flash",
  "gemini-3.7-flash",
  "gemini-3.8-flash",
  "gemini-4-argon",
  "gemini-4-carbon",
];

export const knobsSchema = z.strictObject({
  /** Models that it lists and that answer. */
  models: z.array(z.string()).default(models),
  /** The modelVersion of every answer, as of an alias or a model that has ended; null: the one that was asked. */
  answersAs: z.string().nullable().default(null),
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
  /** One image in so many, chosen by its hash, is always refused / first answered against the schema; 0: none. */
  oneIn: z
    .strictObject({ imageSafety: z.int().nonnegative(), breakSchema: z.int().nonnegative() })
    .default({ imageSafety: 0, breakSchema: 0 }),
});

export type Knobs = z.infer<typeof knobsSchema>;
export type KnobsInput = z.input<typeof knobsSchema>;

/** The demo's: quick enough to wait for, slow enough to watch, with a few answers that no one hopes for. */
export const demoKnobs: KnobsInput = { latencyMs: 500, oneIn: { imageSafety: 20, breakSchema: 20 } };

/** What befalls a call about this image, and the rules that remain after it. */
export function takeFault(
  knobs: Knobs,
  sha256: string,
  isFirst = true,
): { fault: Fault | null; usage: UsageFault | null; rules: Knobs["rules"] } {
  const index = knobs.rules.findIndex(({ image }) => image === undefined || image === sha256);
  const hit = knobs.rules[index];
  if (!hit) return { fault: oddity(knobs, sha256, isFirst), usage: null, rules: knobs.rules };
  const left = hit.times === undefined ? hit : hit.times > 1 ? { ...hit, times: hit.times - 1 } : null;
  return {
    fault: hit.fault ?? null,
    usage: hit.usage ?? null,
    rules: knobs.rules.toSpliced(index, 1, ...(left ? [left] : [])),
  };
}

function oddity({ oneIn }: Knobs, sha256: string, isFirst: boolean): Fault | null {
  const isChosen = (hex: string, n: number) => n > 0 && Number.parseInt(hex, 16) % n === 0;
  if (isChosen(sha256.slice(0, 8), oneIn.imageSafety)) return "image-safety";
  if (isFirst && isChosen(sha256.slice(8, 16), oneIn.breakSchema)) return "break-schema";
  return null;
}
