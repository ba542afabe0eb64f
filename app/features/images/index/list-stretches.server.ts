import { folderBelow, isUntrackedPrefix } from "~/features/images/key-layout";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { behind, type IndexRange, OBJECTS_A_RANGE, type Sample, type Stretch } from "./index-ranges";

/** S3's own limit for one page. */
const PAGE = 1_000;
const SAMPLES = 4;

/**
 * The folders directly below a prefix, in stretches that lie between the prefixes in which nothing is tracked. Together
 * they cover every tracked key below the prefix: in a folder or in none, known to the index or only to S3.
 * `hasBeside`: whether anything lies in no folder.
 */
export async function listStretches(storage: Storage, prefix: string, signal: AbortSignal) {
  let stretch: Stretch = { after: null, last: null, folders: [] };
  const stretches = [stretch];
  let hasBeside = false;
  for await (const page of storage.list({ prefix, delimiter: "/", signal })) {
    hasBeside ||= page.objects.length > 0;
    for (const folder of page.prefixes) {
      if (isUntrackedPrefix(folder)) {
        stretch.last = folder;
        stretch = { after: behind(folder), last: null, folders: [] };
        stretches.push(stretch);
      } else stretch.folders.push(folder);
    }
  }
  return { stretches, hasBeside };
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
        const seen = new Set(objects.map(({ key }) => folderBelow(prefix, key)));
        const isOneLarge = seen.size === 1 && objects.length === PAGE;
        return { at, objectsAFolder: isOneLarge ? OBJECTS_A_RANGE : objects.length / Math.max(1, seen.size) };
      }
      return { at, objectsAFolder: 0 };
    }),
  );
}

/** Few objects lie beside folders, so few are asked for: a page that ends in the next folder is thrown away. */
const BESIDE = 10;

/**
 * Every object of a range. One folder is listed by its name, which spreads better than a range around it, and what lies
 * before and behind it only if something may.
 */
export async function* listRange(
  storage: Storage,
  prefix: string,
  { after, last, folder }: Omit<IndexRange, "label">,
  hasBeside: boolean,
  signal: AbortSignal,
): AsyncGenerator<StoredObject[]> {
  if (folder === null) return yield* storage.listParallel(prefix, { after, last, signal });
  if (hasBeside && after !== folder)
    yield* storage.listParallel(prefix, { after, last: folder, firstPage: BESIDE, signal });
  yield* storage.listParallel(folder, { signal });
  if (hasBeside) yield* storage.listParallel(prefix, { after: behind(folder), last, firstPage: BESIDE, signal });
}
