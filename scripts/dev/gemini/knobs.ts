import { createHash } from "node:crypto";
import { z } from "zod";

/** Answered with an error of HTTP, in Google's words. */
const errors = [
  "rate-limit",
  "stray-rate-limit",
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
  "examples-too",
  "two-answers",
  "example-again",
  "as-told",
  "number-as-text",
  "other-case",
  "max-tokens",
  // Answers without one:
  ...(Object.keys(finishes) as (keyof typeof finishes)[]),
  "thoughts",
  "empty",
  "no-candidate",
  "prompt-blocked",
  // Vectors that are none:
  "short-vectors",
  "fewer-vectors",
  "zero-vectors",
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

const part = z.number().min(0).max(1);

export const knobsSchema = z.strictObject({
  /** Models that it lists and that answer. */
  models: z.array(z.string()).default(models),
  embeddingModels: z.array(z.string()).default(["gemini-embedding-2"]),
  /** The modelVersion of every answer, as of an alias or a model that has ended; null: the one that was asked. */
  answersAs: z.string().nullable().default(null),
  /** Milliseconds that an answer takes. */
  latencyMs: z.number().nonnegative().default(0),
  /** Calls of a model in a minute before a 429 that holds for all; null: no limit. */
  quotaPerMinute: z.int().positive().nullable().default(null),
  /** Calls of a model before the 429 of a used-up day; null: no limit. */
  quotaPerDay: z.int().positive().nullable().default(null),
  /** Milliseconds of that minute, for those who cannot wait for one. */
  minuteMs: z.number().positive().default(60_000),
  /** The retryDelay of a 429 of a "rate-limit" rule, in seconds. */
  retryDelaySeconds: z.number().nonnegative().default(20),
  /** The retryDelay of a stray 429, between these, in seconds. */
  strayDelaySeconds: z.strictObject({ from: z.number(), to: z.number() }).default({ from: 0.5, to: 2 }),
  /**
   * The share of calls that meet a fault, chosen by the image's hash and how often it was asked about, so that it is the same
   * each time. A stray 429 speaks of its own request only; imageSafety is a share of images, which are refused each time.
   */
  share: z
    .strictObject({ strayRateLimit: part, serverError: part, malformed: part, imageSafety: part })
    .default({ strayRateLimit: 0, serverError: 0, malformed: 0, imageSafety: 0 }),
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

/**
 * What befalls a call about this image, and the rules that remain after it.
 * @param attempt how often it was asked about before, refused calls included
 */
export function takeFault(
  knobs: Knobs,
  sha256: string,
  { isFirst, attempt } = { isFirst: true, attempt: 0 },
): { fault: Fault | null; usage: UsageFault | null; rules: Knobs["rules"] } {
  const index = knobs.rules.findIndex(({ image }) => image === undefined || image === sha256);
  const hit = knobs.rules[index];
  if (!hit) {
    const fault = oddity(knobs, sha256, isFirst) ?? mishap(knobs, sha256, attempt);
    return { fault, usage: null, rules: knobs.rules };
  }
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

/** A number from 0 to 1 that an image and a text always give. */
export function chanceOf(sha256: string, text: string): number {
  const hash = createHash("sha256").update(`${sha256} ${text}`).digest();
  return hash.readUInt32BE() / 2 ** 32;
}

/** What befalls a call by chance, the same each time. */
export function mishap({ share }: Pick<Knobs, "share">, sha256: string, attempt: number): Fault | null {
  if (chanceOf(sha256, "safety") < share.imageSafety) return "image-safety";
  const chance = chanceOf(sha256, `attempt ${attempt}`);
  const upTo = { limited: share.strayRateLimit, failed: share.strayRateLimit + share.serverError };
  if (chance < upTo.limited) return "stray-rate-limit";
  if (chance < upTo.failed) return "server-error";
  return chance < upTo.failed + share.malformed ? "malformed-json" : null;
}
