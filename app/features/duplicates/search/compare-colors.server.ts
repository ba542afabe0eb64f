import { colorDistance, readColors } from "~/features/images/pixels/placeholder-colors.server";
import type { Db } from "~/ports/db.server";
import { ALIKE_COLORS } from "./alike-distance";

/** Pictures whose colors are kept at hand, 200 bytes each. Decoding one takes a millisecond, so they are thrown away seldom. */
const KEPT = 500_000;
/** Placeholders that are read at once. */
const PAGE = 1_000;

/**
 * Which of some images have the colors of the first, as their placeholders show them. A picture with transparency has none, and by its
 * hash alone far too many would be called alike: it is like no other.
 */
export function createColors(db: Db): (first: number, others: readonly number[]) => Promise<Set<number>> {
  let kept = new Map<number, Uint8Array | null>();

  async function load(ids: readonly number[]): Promise<void> {
    if (kept.size + ids.length > KEPT) kept = new Map();
    const missing = ids.filter((id) => !kept.has(id));
    for (let at = 0; at < missing.length; at += PAGE) {
      const imageId = { in: missing.slice(at, at + PAGE) };
      for (const look of await db.imageLook.findMany({
        where: { imageId },
        select: { imageId: true, placeholder: true },
      })) {
        kept.set(look.imageId, look.placeholder && (await readColors(look.placeholder)));
      }
    }
  }

  return async (first, others) => {
    await load([first, ...others]);
    const own = kept.get(first) ?? null;
    const isAlike = (id: number) => {
      const colors = kept.get(id) ?? null;
      return own !== null && colors !== null && colorDistance(own, colors) <= ALIKE_COLORS;
    };
    return new Set(others.filter(isAlike));
  };
}
