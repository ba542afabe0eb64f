import { count } from "~/features/format";

/** Keys after `after` up to and including `last`; null: from, or to, the end of what is indexed. */
export type KeyRange = { after: string | null; last: string | null };

/** A range of keys that one item of an index run lists; `folder` where it holds one, and what people call it. */
export type IndexRange = KeyRange & { folder: string | null; label: string };

/** Behind every key that begins with a folder's name, as far as anyone writes such keys. */
export const behind = (folder: string) => `${folder}\u{10fffd}`;

/** Folders beside each other, in key order, and the range of keys that holds them and what lies between them. */
export type Stretch = KeyRange & { folders: string[] };

/** What a listing from a folder on showed: about how many objects a folder there holds. */
export type Sample = { at: number; objectsAFolder: number };

/** Below this an item costs more than the objects in it; above, several workers share a bucket less well. */
export const OBJECTS_A_RANGE = 5_000;

/**
 * Cuts a stretch of folders where about as many objects lie behind as one item should list. What a folder holds is only
 * estimated: a range that holds far more is listed in parallel by itself, and none misses or repeats a key, for each
 * begins where the one before ends.
 * @param samples by ascending `at`, a folder's place in the stretch; each speaks for the folders up to the next
 */
export function cutIntoRanges(
  { folders, after, last }: Stretch,
  samples: Sample[],
  objectsARange = OBJECTS_A_RANGE,
): IndexRange[] {
  const ranges: IndexRange[] = [];
  let first = 0;
  let objects = 0;
  let from = after;
  const close = (end: number, to: string | null) => {
    const held = folders.slice(first, end);
    ranges.push({
      after: from,
      last: to,
      folder: held.length === 1 ? (held[0] ?? null) : null,
      label: nameRange(held),
    });
    [first, objects, from] = [end, 0, to];
  };
  for (const [at, folder] of folders.entries()) {
    const more = samples.findLast((sample) => sample.at <= at)?.objectsAFolder ?? objectsARange;
    if (at > first && objects + more > objectsARange) close(at, folder);
    objects += more;
  }
  close(folders.length, last);
  return ranges;
}

function nameRange(folders: string[]): string {
  const [first, ...others] = folders;
  const end = others.at(-1);
  if (first === undefined) return "objects in no folder";
  return end === undefined ? first : `${first} to ${end} (${count(folders.length)} folders)`;
}
