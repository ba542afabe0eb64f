import type { Settings } from "~/ports/env.server";
import { isPublished } from "./key-layout";

/** Who answers at a permanent address: a CDN, everyone; the console, whoever is signed in. */
export type PermanentAddress = { address: string; servedBy: "cdn" | "console" };

/** Dots that every client folds away, and slashes that some servers do: no path leads to such a key. */
const FOLDED = /(?:^|\/)\.{0,2}(?:\/|$)/;
/** Half a character, as no store has in a key and no path can carry. */
const HALF = /\p{Surrogate}/u;
/** Paths that our own routes read in another way: an image by its id, its pictures, what a page loads, a slash that was escaped twice. */
const OWN_WORDS = /^\d{1,15}$|^[^/]+\/(?:converted|original|thumbnail)$|\.data$|%2f/i;

/**
 * The address that an image has for good, as long as it keeps its key: that of the CDN before the bucket, which shows the picture to
 * everyone, where there is one and the key is published; else the console's, which leads to the image's page and still does when
 * the key has changed. Keys are written as they are, NFC or NFD, each of their bytes escaped where a path could mean something else.
 */
export function permanentAddress(
  key: string,
  { PUBLIC_ASSET_BASE_URL: assets, PUBLIC_URL: console }: Pick<Settings, "PUBLIC_ASSET_BASE_URL" | "PUBLIC_URL">,
): PermanentAddress {
  const path = pathOfKey(key);
  if (assets !== undefined && path !== null && isPublished(key)) {
    return { address: `${assets}/${path}`, servedBy: "cdn" };
  }
  const own =
    path !== null && !OWN_WORDS.test(key) ? `/images/${path}` : `/image-names?${new URLSearchParams({ name: key })}`;
  return { address: `${console}${own}`, servedBy: "console" };
}

/** What leads to a key behind the address of a bucket or a CDN. Null: no path does. */
export const pathOfKey = (key: string): string | null =>
  FOLDED.test(key) || HALF.test(key) ? null : key.split("/").map(encodeURIComponent).join("/");
