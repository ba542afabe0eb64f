import type { Storage } from "~/ports/storage.server";
import { OBJECTS_A_RANGE, type Sample, type Stretch } from "./index-ranges";
import { isUntrackedPrefix } from "./key-layout";

/** S3's own limit for one page. */
const PAGE = 1_000;
const SAMPLES = 8;

/** Behind every key that begins with a folder's name, as far as anyone writes such keys. */
const behind = (folder: string) => `${folder}\u{10fffd}`;

/**
 * The folders directly below a prefix, in stretches that lie between the prefixes in which nothing is tracked. Together
 * they cover every tracked key below the prefix: in a folder or in none, known to the index or only to S3.
 */
export async function listStretches(storage: Storage, prefix: string, signal: AbortSignal): Promise<Stretch[]> {
  let stretch: Stretch = { after: null, last: null, folders: [] };
  const stretches = [stretch];
  for await (const page of storage.list({ prefix, delimiter: "/", signal })) {
    for (const folder of page.prefixes) {
      if (isUntrackedPrefix(folder)) {
        stretch.last = folder;
        stretch = { after: behind(folder), last: null, folders: [] };
        stretches.push(stretch);
      } else stretch.folders.push(folder);
    }
  }
  return stretches;
}

/** One page of objects from each of a few places, to tell a stretch of small folders from one of large ones. */
export async function sampleStretch(
  storage: Storage,
  prefix: string,
  { folders }: Stretch,
  signal: AbortSignal,
): Promise<Sample[]> {
  if (folders.length < 2) return [];
  const places = Array.from({ length: SAMPLES }, (_, n) => Math.floor((n * folders.length) / SAMPLES));
  return Promise.all(
    [...new Set(places)].map(async (at): Promise<Sample> => {
      const startAfter = folders[at] ?? prefix;
      for await (const { objects } of storage.list({ prefix, startAfter, pageSize: PAGE, signal })) {
        const seen = new Set(objects.map(({ key }) => key.slice(0, key.indexOf("/", prefix.length) + 1)));
        const isOneLarge = seen.size === 1 && objects.length === PAGE;
        return { at, objectsAFolder: isOneLarge ? OBJECTS_A_RANGE : objects.length / Math.max(1, seen.size) };
      }
      return { at, objectsAFolder: 0 };
    }),
  );
}
