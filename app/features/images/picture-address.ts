/** Links to the store stay the same for so long, so that browsers keep what they lead to; they hold for once more. */
export const LINK_WINDOW_SECONDS = 3_600;

/** The window that a moment lies in, by its number. Links are made for a window, here and on the server alike. */
export const linkWindow = (ms: number): number => Math.floor(ms / (LINK_WINDOW_SECONDS * 1_000));

/** Seconds from a moment to the end of its window. */
export const secondsLeftInWindow = (ms: number): number =>
  Math.max(0, Math.floor(((linkWindow(ms) + 1) * LINK_WINDOW_SECONDS * 1_000 - ms) / 1_000));

/**
 * Our own address of an image's thumbnail, or of the object itself, which leads to a presigned link. With `etag`, the bytes
 * that it shall show, browsers keep the way there for as long as that link is the same; other bytes have another address.
 * Without it they ask each time.
 */
export function pictureAddress(imageId: number, of: "thumbnail" | "original", etag?: string): string {
  return `/images/${imageId}/${of}${etag === undefined ? "" : `?v=${encodeURIComponent(etag)}`}`;
}
