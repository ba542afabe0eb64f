// One way to print each kind of number and time, in facts and sentences as on pages. Separators are narrow no-break spaces
// (U+202F); times are UTC, as in logs and S3.

const thin = (text: string) => text.replaceAll(",", "\u202f");

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const fixed = (digits: number) =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const twoDigits = fixed(2);
const fourDigits = fixed(4);
const oneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** 12431 → “12 431” */
export const count = (value: number) => thin(whole.format(value));

/** 3, “image” → “3 images” */
export const plural = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** “it judged …” → “It judged …” */
export const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const units = ["B", "kB", "MB", "GB", "TB", "PB"];

/** 1234567 → “1.2 MB”, in powers of 1,000 as object stores bill them. */
export function bytes(value: number | bigint): string {
  let rest = Number(value);
  let unit = 0;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  return `${thin((unit === 0 || rest >= 100 ? whole : oneDigit).format(rest))}\u202f${units[unit]}`;
}

/** 12.3 → “$12.30”, 0.0836 → “$0.0836”: cents, and below ten of them hundredths of a cent. */
export function dollars(value: number): string {
  return `$${thin((value > 0 && value < 0.1 ? fourDigits : twoDigits).format(value))}`;
}

/** 0.634 → “63 %”. Rounds down, so that 100 % means all. */
export const percent = (part: number, total: number) => `${total === 0 ? 0 : Math.floor((part / total) * 100)}\u202f%`;

/** 69 → “1 min 9 s”, 0.2 → “< 1 s” */
export function duration(seconds: number): string {
  if (seconds < 1) return "<\u202f1\u202fs";
  const total = Math.round(seconds);
  if (total < 60) return `${total}\u202fs`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes}\u202fmin ${total % 60}\u202fs`;
  return `${Math.floor(minutes / 60)}\u202fh ${minutes % 60}\u202fmin`;
}

/** 61.4 → “61/s”, 0.4 → “0.4/s” */
export const rate = (perSecond: number) => `${(perSecond >= 10 ? whole : oneDigit).format(perSecond)}/s`;

const ages: [limitSeconds: number, perUnit: number, unit: string][] = [
  [60, 1, "s"],
  [3600, 60, "min"],
  [86_400, 3600, "h"],
  [Number.POSITIVE_INFINITY, 86_400, "d"],
];

/** “just now”, “4 min ago”; the future too: “in 3 h”. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 5) return "just now";
  const [, perUnit, unit] = ages.find(([limit]) => distance < limit) ?? [0, 86_400, "d"];
  const text = `${Math.floor(distance / perUnit)}\u202f${unit}`;
  return seconds >= 0 ? `${text} ago` : `in ${text}`;
}

/** 0.914 → “0.91”: a model's confidence, which is no percentage of anything. */
export const confidence = (value: number) => value.toFixed(2);

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const day = inUtc({ dateStyle: "medium" });
const clock = inUtc({ timeStyle: "medium" });
const exact = inUtc({ dateStyle: "medium", timeStyle: "medium" });

/** “20 Nov 2026” */
export const dayOf = (at: Date) => day.format(at);

/** “10:42:07”, where the day is clear and UTC is said beside it. */
export const clockTime = (at: Date) => clock.format(at);

/** “20 Nov 2026, 10:42:07 UTC” */
export const exactTime = (at: Date) => `${exact.format(at)} UTC`;

const conjunction = new Intl.ListFormat("en-US");

/** “angle, tone, and age range” */
export const listOf = (words: string[]) => conjunction.format(words);

const disjunction = new Intl.ListFormat("en-US", { type: "disjunction" });

/** “angle, tone, or age range” */
export const oneOf = (words: string[]) => disjunction.format(words);
