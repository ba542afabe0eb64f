import type { Db } from "~/ports/db.server";
import { ALIKE_DISTANCE } from "./search/alike-distance";
import { createColors } from "./search/compare-colors.server";
import { bitsBetween, readHashes } from "./search/hashes";

type Look = {
  id: number;
  /** Of the bytes as they are; null: nobody has read them. */
  sha256: string | null;
  /** The high and the low half; null: not known, or too plain to be compared. */
  hash: readonly [number, number] | null;
};

/**
 * Which of some images are nearly the same as one before them: of the same bytes, or as alike as a search for duplicates asks for,
 * whoever owns them.
 * @returns by the number of each such image, the first that it is nearly the same as; that one is like none before it
 */
export async function findAlike(db: Db, ids: readonly number[]): Promise<Map<number, number>> {
  const haveColorsOf = createColors(db);
  const firsts: Look[] = [];
  const alike = new Map<number, number>();
  for (const look of await readLooks(db, ids)) {
    const near = firsts.filter((first) => areNear(first, look)).map(({ id }) => id);
    const colored = near.length === 0 ? null : await haveColorsOf(look.id, near);
    const first = firsts.find(({ id, sha256 }) => colored?.has(id) || (sha256 !== null && sha256 === look.sha256));
    if (first) alike.set(look.id, first.id);
    else firsts.push(look);
  }
  return alike;
}

/** In the order in which they are asked for. */
async function readLooks(db: Db, ids: readonly number[]): Promise<Look[]> {
  const rows = await db.image.findMany({
    where: { id: { in: [...ids] } },
    select: {
      ...{ id: true, etag: true, readEtag: true, sha256: true },
      look: { select: { etag: true, perceptualHash: true } },
    },
  });
  const lookOf = new Map(
    rows.map(({ id, etag, readEtag, sha256, look }) => {
      const hash = look?.etag === etag && look.perceptualHash !== "" ? toHalves(look.perceptualHash) : null;
      return [id, { id, sha256: readEtag === etag ? sha256 : null, hash }];
    }),
  );
  return ids.flatMap((id) => lookOf.get(id) ?? []);
}

function toHalves(text: string): [number, number] {
  const { high, low } = readHashes([text]);
  return [high[0] as number, low[0] as number];
}

const areNear = ({ hash: a }: Look, { hash: b }: Look) =>
  a !== null && b !== null && bitsBetween(...a, ...b) <= ALIKE_DISTANCE;
