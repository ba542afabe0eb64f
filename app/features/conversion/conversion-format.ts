import { z } from "zod";

/** What images can be converted to, by the extension and the name that people know. */
export const conversionFormats = ["webp", "avif"] as const;
export type ConversionFormat = (typeof conversionFormats)[number];

export const formatNames = { webp: "WebP", avif: "AVIF" } satisfies Record<ConversionFormat, string>;

/**
 * Qualities that look like a JPEG of 80, by DSSIM over photos that sharp encoded
 * (industrialempathy.com/posts/avif-webp-quality-settings; four photos: a start, which the side by side is to confirm).
 */
export const DEFAULT_QUALITY = { webp: 82, avif: 64 } satisfies Record<ConversionFormat, number>;

export const conversionForm = z.strictObject({
  format: z.enum(conversionFormats),
  /** As the format's encoder counts it. */
  quality: z.number().int().min(1).max(100),
});
export type ConversionSettings = z.infer<typeof conversionForm>;

/** What `toOtherFormat` takes. */
export const toForm = ({ format, quality }: ConversionSettings) => ({ kind: format, quality });

/** “WebP of quality 82” */
export const settingsWords = ({ format, quality }: ConversionSettings) =>
  `${formatNames[format]} of quality ${quality}`;

/** A converted image that is not smaller by a tenth is not worth what it lost. */
const LARGEST_PART = 0.9;
export const isWorthIt = (bytes: number, originalBytes: number): boolean => bytes <= originalBytes * LARGEST_PART;
