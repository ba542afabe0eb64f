import { colorDistance, readColors } from "~/features/images/pixels/placeholder-colors.server";
import type { Db } from "~/ports/db.server";
import { ALIKE_COLORS, ALIKE_DISTANCE } from "./search/alike-distance";
import { bitsBetween, readHashes } from "./search/hashes";

type Look = {
  id: number;
  /** Of the bytes as they are; null: nobody has read them. */
  sha256: string | null;
  /** The high and the low half, and a tiny picture; null: not known, too plain to be compared, or with transparency. */
  looks: { hash: readonly [number, number]; placeholder: Uint8Array } | null;
};

/**
 * Which of some images are nearly the same as one before them: of the same bytes, or as alike as a search for duplicates asks for,
 * whoever owns them. Colors are read of those whose hashes are near: a millisecond each.
 * @returns by the number of each such image, the first that it is nearly the same as; that one is like none before it
 */
export async function findAlike(db: Db, ids: readonly number[]): Promise<Map<number, number>> {
  const images = await readLooks(db, ids);
  const colors = await readNearColors(images);
  const haveSameColors = (a: Look, b: Look) => {
    const [ofA, ofB] = [colors.get(a.id), colors.get(b.id)];
    return ofA !== undefined && ofB !== undefined && colorDistance(ofA, ofB) <= ALIKE_COLORS;
  };
  const firsts: Look[] = [];
  const alike = new Map<number, number>();
  for (const image of images) {
    const first = firsts.find(
      (one) =>
        (one.sha256 !== null && one.sha256 === image.sha256) || (areNear(one, image) && haveSameColors(one, image)),
    );
    if (first) alike.set(image.id, first.id);
    else firsts.push(image);
  }
  return alike;
}

/** In the order in which they are asked for. */
async function readLooks(db: Db, ids: readonly number[]): Promise<Look[]> {
  const rows = await db.image.findMany({
    where: { id: { in: [...ids] } },
    select: {
      ...{ id: true, etag: true, readEtag: true, sha256: true },
      look: { select: { etag: true, perceptualHash: true, placeholder: true } },
    },
  });
  const lookOf = new Map(
    rows.map(({ id, etag, readEtag, sha256, look }) => [
      id,
      { id, sha256: readEtag === etag ? sha256 : null, looks: look?.etag === etag ? toLooks(look) : null },
    ]),
  );
  return ids.flatMap((id) => lookOf.get(id) ?? []);
}

function toLooks(look: { perceptualHash: string; placeholder: Uint8Array | null }): Look["looks"] {
  const { perceptualHash, placeholder } = look;
  if (perceptualHash === "" || placeholder === null) return null;
  const { high, low } = readHashes([perceptualHash]);
  return { hash: [high[0] as number, low[0] as number], placeholder };
}

const areNear = ({ looks: a }: Look, { looks: b }: Look) =>
  a !== null && b !== null && bitsBetween(...a.hash, ...b.hash) <= ALIKE_DISTANCE;

/** The colors of images whose hashes are near to another's. */
async function readNearColors(images: readonly Look[]): Promise<Map<number, Uint8Array>> {
  const near = new Map<number, Uint8Array>();
  for (const [at, image] of images.entries()) {
    for (const other of images.slice(0, at).filter((one) => areNear(one, image))) {
      for (const { id, looks } of [image, other]) if (looks) near.set(id, looks.placeholder);
    }
  }
  const read = [...near].map(async ([id, placeholder]) => [id, await readColors(placeholder)] as const);
  return new Map(await Promise.all(read));
}
