import { z } from "zod";
import { bytes, listOf, plural } from "~/features/format";

/** What an owner may hold; null: no limit. */
export type OwnerQuota = { bytes: number | null; images: number | null };

const GB = 1_000_000_000;
const MOST_GB = 1_000_000;

const limit = (text: string) => (text.trim() === "" ? null : Number(text));
const complaint = (what: string) =>
  `The limit of ${what} must be a number above 0 that a store could hold. Leave it empty for no limit.`;

const gigabytes = z
  .string()
  .transform(limit)
  .refine((value) => value === null || (value > 0 && value <= MOST_GB), complaint("gigabytes"))
  .transform((value) => (value === null ? null : Math.round(value * GB)));
const images = z
  .string()
  .transform(limit)
  .refine(
    (value) => value === null || (Number.isSafeInteger(value) && value > 0 && value <= 2 ** 31 - 1),
    complaint("images"),
  );

const written = z.object({ gigabytes, images });

/** A quota as people write it, in gigabytes of 1,000,000,000 bytes, or why it cannot be one, as a sentence. */
export function readQuota(text: { gigabytes: string; images: string }): { quota: OwnerQuota } | { complaint: string } {
  const read = written.safeParse(text);
  if (!read.success) return { complaint: read.error.issues[0]?.message ?? "This is no quota." };
  return { quota: { bytes: read.data.gigabytes, images: read.data.images } };
}

/** As a form writes it: 1500000000 → “1.5”. */
export const writeGigabytes = (value: number | null): string => (value === null ? "" : String(value / GB));

/** “2 GB and 100 images”, “no quota” */
export function describeQuota(quota: OwnerQuota): string {
  const limits = [
    ...(quota.bytes === null ? [] : [bytes(quota.bytes)]),
    ...(quota.images === null ? [] : [plural(quota.images, "image")]),
  ];
  return limits.length === 0 ? "no quota" : listOf(limits);
}

/** True for an owner that holds more than it may. */
export const isExceeded = (quota: OwnerQuota, held: { bytes: number; images: number }): boolean =>
  (quota.bytes !== null && held.bytes > quota.bytes) || (quota.images !== null && held.images > quota.images);
