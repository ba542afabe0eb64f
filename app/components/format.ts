export { bytes, count, dollars, plural } from "~/features/format";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

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
