import { setImmediate as nextTurn } from "node:timers/promises";
import { DomainError } from "~/features/domain-error";
import { type ImageQuery, namesImages } from "~/features/images/query/image-query";
import type { Known } from "~/features/images/query/image-query.sql.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { distrust, type OpenedSpace, openSpace } from "./search/open-space.server";
import { countRows, findFewImages, readMatching, readNewest, walkImages } from "./vectors/embeddings.sql.server";
import type { Scored } from "./vectors/nearest";
import { readVector, type Space, similarityOf, toUnit } from "./vectors/space";

type Deps = Pick<Ports, "db" | "clock" | "log">;

export type SimilarImage = {
  imageId: number;
  /** The cosine of both vectors, of the database's own rows: 1 is the same. */
  similarity: number;
};

export type Similar =
  /** The nearest first; fewer than were asked for only where no more match. `isExact`: each that matches was compared. */
  | { kind: "found"; images: SimilarImage[]; isExact: boolean }
  /** No image has a vector of this model and length. */
  | { kind: "no-vectors" }
  /** The image that others are to be like has none. */
  | { kind: "no-vector-of-image" }
  /** More vectors than are compared one by one, of which a worker is making an index; `indexed` of them are in it. */
  | { kind: "building"; vectors: number; indexed: number };

export type SimilarTo = { vector: Float32Array } | { imageId: number };

export type SimilarSearch = {
  model: string;
  /** A vector of the model, of any length, or an image that has one, which is not among those found. */
  like: SimilarTo;
  /** Which images; each that is found matches it at this moment. */
  query: ImageQuery;
  /** How many. */
  k: number;
  schema: Omit<Known, "now">;
  signal?: AbortSignal;
};

/** Rows that the index is asked for beyond k: some are gone, and float16 swaps some that are almost as near. */
const BESIDE = 24;
/** And where a query leaves some out: enough for those that find one in ten. */
const BESIDE_FILTER = 200;
/** Images that are listed and compared by their codes sooner than the index is asked for enough of them. */
const FEW = 3_000;
/** Images that one statement lists in some 20 ms. */
const LISTED_AT_ONCE = 20_000;
/** Codes tell roughly: so many of the nearest are compared exactly. */
const BY_CODE = 300;
/** Codes that are compared at a time: some 5 ms. */
const OFFERED_AT_ONCE = 50_000;
/** How far an index's float16 may be from the row itself. */
const SCORE_WITHIN = 0.02;

/**
 * The images whose vectors are nearest to one.
 * @throws DomainError "invalid" for a vector that has no direction or another length than the model's, or a query by something
 *   unknown; the signal's reason once that is aborted
 */
export async function findSimilar(deps: Deps, search: SimilarSearch): Promise<Similar> {
  const asked = await readAsked(deps, search);
  if ("kind" in asked) return asked;
  for (;;) {
    const opened = await openSpace(deps, asked.space);
    search.signal?.throwIfAborted();
    if (opened.kind === "building") return opened;
    if (!opened.index && opened.recent.count() === 0) return { kind: "no-vectors" };
    const found = await searchOpened(deps, { ...search, ...asked }, opened);
    if (found !== "distrusted") return found;
    await distrust(deps, asked.space);
  }
}

type Asked = { space: Space; vector: Float32Array };

async function readAsked({ db }: Deps, { model, like }: SimilarSearch): Promise<Asked | Similar> {
  if ("vector" in like) {
    const vector = toUnit(like.vector);
    if (!vector)
      throw new DomainError("invalid", "The vector has no direction: give one with numbers that are not all 0.");
    const newest = await readNewest(db, model);
    if (newest && newest.dimensions !== vector.length) {
      throw new DomainError(
        "invalid",
        `The vector has ${vector.length} numbers, but those of ${quote(model)} have ${newest.dimensions}: make it with the same model and length.`,
      );
    }
    return { space: { model, dimensions: vector.length }, vector };
  }
  const row = await db.imageEmbedding.findUnique({
    where: { imageId_model: { imageId: like.imageId, model } },
    select: { dimensions: true, vector: true },
  });
  const vector = row && readVector(row.vector, row.dimensions);
  if (vector) return { space: { model, dimensions: vector.length }, vector };
  const isAny = (await countRows(db, model, { most: 1 })) > 0;
  return isAny ? { kind: "no-vector-of-image" } : { kind: "no-vectors" };
}

type Open = Extract<OpenedSpace, { kind: "open" }>;
type Searching = SimilarSearch & Asked;

/**
 * Asks the index first, and checks what it finds. Where a query leaves too little of that, what the query finds is looked at instead,
 * by codes.
 */
async function searchOpened(deps: Deps, search: Searching, opened: Open): Promise<Similar | "distrusted"> {
  const { query, k } = search;
  const known = { now: deps.clock.now(), ...search.schema };
  const isFiltered = namesImages(query) && !query.all;
  const few = isFiltered ? await findFewImages(deps.db, query, { known, most: FEW }) : null;
  if (!few) {
    const most = k + 1 + (isFiltered ? BESIDE_FILTER : BESIDE);
    const near = nearest(opened, search.vector, most);
    const found = await compare(deps, search, known, near.candidates);
    if (isDistrusted(found, near.byIndex)) return "distrusted";
    const last = found.at(k - 1);
    const isEnough = near.isAll || (last && last.score >= near.beyond);
    if (isEnough) return toFound(found, k, near.isAll || !opened.index);
  }
  return searchAmong(deps, search, { known, few, opened });
}

/** What an index and the recent vectors have near; anything else has a score of at most `beyond`. */
function nearest({ index, recent }: Open, vector: Float32Array, most: number) {
  const byIndex = index?.search(vector, most) ?? [];
  const byComparing = recent.search(vector, most);
  const floors = [byIndex, byComparing].map((found) => (found.length < most ? -1 : (found.at(-1)?.score ?? -1)));
  const candidates = [...byIndex, ...byComparing].sort((a, b) => b.score - a.score).slice(0, most);
  const dropped = byIndex.length + byComparing.length > most ? (candidates.at(-1)?.score ?? -1) : -1;
  const isAll = byIndex.length + byComparing.length < most && byIndex.length === (index?.said.count ?? 0);
  return { candidates: candidates.map(({ id }) => id), byIndex, beyond: Math.max(...floors, dropped), isAll };
}

type Compared = { id: number; imageId: number; score: number };

/** The rows of these ids that match, compared with the vector itself, the nearest first. */
async function compare(deps: Deps, search: Searching, known: Known, ids: readonly number[]): Promise<Compared[]> {
  const { space, vector, query, like } = search;
  const rows = await readMatching(deps.db, ids, { space, query, known });
  return rows
    .flatMap((row) => {
      const own = readVector(row.vector, space.dimensions);
      const isItself = "imageId" in like && row.imageId === like.imageId;
      return own && !isItself ? [{ id: row.id, imageId: row.imageId, score: similarityOf(vector, own) }] : [];
    })
    .sort((a, b) => b.score - a.score || a.imageId - b.imageId);
}

/** Whether an index has other vectors under some ids than the database: it was made of another one's, whatever it says of itself. */
function isDistrusted(found: readonly Compared[], byIndex: readonly Scored[]): boolean {
  const said = new Map(byIndex.map(({ id, score }) => [id, score]));
  return found.some(({ id, score }) => Math.abs((said.get(id) ?? score) - score) > SCORE_WITHIN);
}

/** Compares all that the query finds by their codes, and the nearest of those exactly; more of them while some turn out to be gone. */
async function searchAmong(
  deps: Deps,
  search: Searching,
  { known, few, opened: { index, recent } }: { known: Known; few: number[] | null; opened: Open },
): Promise<Similar> {
  const { vector, query, k, signal } = search;
  const imageIds = few ?? (await listImages(deps.db, query, { known, signal }));
  const isAsked = new Set(recent.count() > 0 ? imageIds : []);
  for (let most = Math.max(BY_CODE, 4 * k); ; most *= 8) {
    const byCode = index?.searchCodes(vector, most);
    for (let from = 0; from < imageIds.length; from += OFFERED_AT_ONCE) {
      for (const id of imageIds.slice(from, from + OFFERED_AT_ONCE)) byCode?.offer(id);
      await nextTurn();
    }
    const [coded, compared] = [byCode?.kept() ?? [], recent.search(vector, most, (id) => isAsked.has(id))];
    signal?.throwIfAborted();
    const found = await compareInPieces(
      deps,
      search,
      known,
      [...coded, ...compared].map(({ id }) => id),
    );
    const isAll = coded.length < most && compared.length < most;
    if (found.length >= k || isAll) return toFound(found, k, isAll || !index);
  }
}

/** The ids of all that a query finds. */
async function listImages(
  db: Ports["db"],
  query: ImageQuery,
  { known, signal }: { known: Known; signal: AbortSignal | undefined },
): Promise<number[]> {
  const few = namesImages(query) ? await findFewImages(db, query, { known, most: LISTED_AT_ONCE }) : null;
  if (few) return few;
  const imageIds: number[] = [];
  for await (const some of walkImages(db, query, known)) {
    for (const id of some) imageIds.push(id);
    signal?.throwIfAborted();
    await nextTurn();
  }
  return imageIds;
}

/** Rows that are read and compared at a time: some 8 ms. */
const COMPARED_AT_ONCE = 400;

async function compareInPieces(deps: Deps, search: Searching, known: Known, ids: number[]): Promise<Compared[]> {
  const found: Compared[] = [];
  for (let from = 0; from < ids.length; from += COMPARED_AT_ONCE) {
    found.push(...(await compare(deps, search, known, ids.slice(from, from + COMPARED_AT_ONCE))));
    search.signal?.throwIfAborted();
    await nextTurn();
  }
  return found.sort((a, b) => b.score - a.score || a.imageId - b.imageId);
}

const toFound = (found: readonly Compared[], k: number, isExact: boolean): Similar => ({
  kind: "found",
  images: found.slice(0, k).map(({ imageId, score }) => ({ imageId, similarity: score })),
  isExact,
});
