import { z } from "zod";
import type { ImageQuery } from "~/features/images/query/image-query";
import type { Known } from "~/features/images/query/image-query.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { findIds, findsNothing, type Near, nearestOf, type Search } from "./find-ids.sql.server";
import { type Cursor, cursorOf, type ImageOrder, type PageFrom, parseCursor } from "./image-order";
import { type ImageCard, readCards, readCardsOf } from "./read-cards.sql.server";
import { wayOf } from "./walk-list.sql.server";

type Deps = { db: Db; clock: Clock };
type Schema = Omit<Known, "now">;

/**
 * A page of the images that a query finds: by the index of their order, however deep it lies.
 * @param input.schema labels/schema.json
 * @returns the cursors of the pages before and after; null where there is none
 * @throws DomainError "invalid" for a cursor that is none, a root or an attribute that is not known
 */
export async function listImages(
  { db, clock }: Deps,
  input: { query: ImageQuery; order: ImageOrder; from: PageFrom; limit: number; schema: Schema },
): Promise<{ images: ImageCard[]; before: Cursor | null; after: Cursor | null }> {
  const { query, order, from, limit, schema } = input;
  const isBackwards = from !== null && "before" in from;
  const place = from === null ? null : parseCursor("before" in from ? from.before : from.after, order);
  const known = { now: clock.now(), ...schema };
  const found = await findCards(db, { query, order, known, place, isBackwards, limit: limit + 1 });
  const hasMore = found.length > limit;
  const shown = found.slice(0, limit);
  const images = isBackwards ? shown.reverse() : shown;
  const [first, last] = [images.at(0), images.at(-1)];
  return {
    images,
    before: first && (isBackwards ? hasMore : from !== null) ? cursorOf(first, order) : null,
    after: last && (isBackwards || hasMore) ? cursorOf(last, order) : null,
  };
}

/** What is near is found and read in one statement, for a statement through Prisma costs as much as finding them. */
async function findCards(db: Db, search: Search): Promise<ImageCard[]> {
  const near = nearestOf(search);
  let found: Near | undefined;
  if (near) {
    if (!near.isAll && (await findsNothing(db, search.query, search.known))) return [];
    const cards = await readCardsOf(db, near.ids, wayOf(search.order, search.isBackwards).sorted);
    if (near.isAll || cards.length === search.limit) return cards;
    found = { ids: cards.map(({ id }) => id), rows: near.rows };
  }
  const ids = await findIds(db, search, found);
  return ids.length === 0 ? [] : readCards(db, ids);
}

/** The images before and after one in a list; null where it ends, and for both where the image is not known. */
export async function findNeighbors(
  { db, clock }: Deps,
  { query, order, id, schema }: { query: ImageQuery; order: ImageOrder; id: number; schema: Schema },
): Promise<{ previous: number | null; next: number | null }> {
  const [image] = await readCards(db, [id]);
  if (!image) return { previous: null, next: null };
  const place = parseCursor(cursorOf(image, order), order);
  const base = { query, order, known: { now: clock.now(), ...schema }, place, limit: 1 };
  const previous = await findNearest(db, { ...base, isBackwards: true });
  const next = await findNearest(db, { ...base, isBackwards: false });
  return { previous, next };
}

const found = z.array(z.object({ id: z.coerce.number() }));

async function findNearest(db: Db, search: Search): Promise<number | null> {
  const near = nearestOf(search);
  if (near) {
    const [nearest] = found.parse(await db.$queryRaw`SELECT "id" FROM ${near.ids}`);
    if (near.isAll || nearest) return nearest?.id ?? null;
  }
  const [nearest] = await findIds(db, search);
  return nearest ?? null;
}
