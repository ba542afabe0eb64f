import { type Cursor, cursorOf, type ImageOrder, type PageFrom } from "~/features/images/browse/image-order";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";

/** What the server answers to the question for a page; `from` says to which one. */
export type PageAnswer = { images: DrawnCard[]; from: PageFrom; before: Cursor | null; after: Cursor | null };

/** A stretch of the list that was read. One far from what is looked at keeps its ids alone: it can be read again. */
type LoadedPage = { ids: number[]; first: Cursor; last: Cursor; cards: DrawnCard[] | null };

/**
 * The part of a list that is known, one page after the other without a gap. An image's index is its place from the first
 * one that was read, so that it stays however much is read before it (those have negative ones).
 */
export type LoadedPages = {
  pages: LoadedPage[];
  /** The index of the first image that is known. */
  start: number;
  /** Where the list goes on beyond both ends; null where it ends. */
  before: Cursor | null;
  after: Cursor | null;
};

/** Images from one index up to, but without, another. */
export type Stretch = { from: number; to: number };

/** Which page to ask for, and where it belongs: at an end, or in the place of one that was let go. */
export type PageRequest = { place: PageFrom; into: "above" | "below" | number };

/** An image of the list; without its card while the page it is on is let go. */
export type Entry = { id: number; index: number; card: DrawnCard | null };

const lengthOf = ({ pages }: LoadedPages) => pages.reduce((sum, { ids }) => sum + ids.length, 0);

/** The index after the last image that is known. */
export const endOf = (list: LoadedPages) => list.start + lengthOf(list);

/** A list that begins with one page. */
export function beginWith(answer: PageAnswer, order: ImageOrder): LoadedPages {
  const page = toPage(answer.images, order);
  return { pages: page ? [page] : [], start: 0, before: answer.before, after: answer.after };
}

function toPage(cards: DrawnCard[], order: ImageOrder): LoadedPage | null {
  const [first, last] = [cards.at(0), cards.at(-1)];
  if (!first || !last) return null;
  return { ids: cards.map(({ id }) => id), first: cursorOf(first, order), last: cursorOf(last, order), cards };
}

/** Each page with the stretch that it covers. */
function* stretches({ pages, start }: LoadedPages) {
  let from = start;
  for (const [at, page] of pages.entries()) {
    yield { at, page, from, to: from + page.ids.length };
    from += page.ids.length;
  }
}

const overlaps = (one: Stretch, other: Stretch) => one.from < other.to && other.from < one.to;

/** The images of a stretch, as far as they are known. */
export function entriesOf(list: LoadedPages, wanted: Stretch): Entry[] {
  const found: Entry[] = [];
  for (const { page, from, to } of stretches(list)) {
    if (!overlaps(wanted, { from, to })) continue;
    for (let index = Math.max(from, wanted.from); index < Math.min(to, wanted.to); index += 1) {
      const id = page.ids[index - from];
      if (id !== undefined) found.push({ id, index, card: page.cards?.[index - from] ?? null });
    }
  }
  return found;
}

/** The ids of all images that are known, in the order of the list. */
export const idsOf = ({ pages }: LoadedPages): number[] => pages.flatMap(({ ids }) => ids);

/**
 * The page to ask for next, so that all within `margin` images of what is seen is there; null: nothing is missing.
 * What is seen comes first, then what lies below.
 */
export function nextRequest(list: LoadedPages, seen: Stretch, margin: number): PageRequest | null {
  const near = { from: seen.from - margin, to: seen.to + margin };
  const gone = [seen, near].flatMap((stretch) =>
    Array.from(stretches(list)).filter(({ page, ...covers }) => page.cards === null && overlaps(stretch, covers)),
  );
  const inSight = gone.find((covers) => overlaps(seen, covers));
  if (inSight) return requestAgain(list, inSight.at);
  if (list.after !== null && near.to > endOf(list)) return { place: { after: list.after }, into: "below" };
  if (list.before !== null && near.from < list.start) return { place: { before: list.before }, into: "above" };
  return gone[0] ? requestAgain(list, gone[0].at) : null;
}

/** From the side that is looked at: should the list have changed, what is lost lies on the other one. */
function requestAgain({ pages }: LoadedPages, at: number): PageRequest | null {
  const [above, below] = [pages[at - 1], pages[at + 1]];
  if (!above || !below) return null;
  return { place: below.cards ? { before: below.first } : { after: above.last }, into: at };
}

/** The list with the answer to a request in its place. */
export function receive(
  list: LoadedPages,
  { into, place }: PageRequest,
  answer: PageAnswer,
  order: ImageOrder,
): LoadedPages {
  if (typeof into === "number") {
    const fill = place && "before" in place ? fillFromBelow : fillFromAbove;
    return fill(list, into, answer, order);
  }
  const known = new Set(idsOf(list));
  const page = toPage(
    answer.images.filter(({ id }) => !known.has(id)),
    order,
  );
  if (into === "below") return { ...list, pages: page ? [...list.pages, page] : list.pages, after: answer.after };
  return {
    ...list,
    pages: page ? [page, ...list.pages] : list.pages,
    start: list.start - (page?.ids.length ?? 0),
    before: answer.before,
  };
}

/** Where the list has changed so that the pages below do not follow any more, they are read again when they are seen. */
function fillFromAbove(list: LoadedPages, at: number, answer: PageAnswer, order: ImageOrder): LoadedPages {
  const [former, below] = [list.pages[at], list.pages[at + 1]];
  if (!former || !below) return list;
  const next = answer.images.findIndex(({ id }) => id === below.ids[0]);
  const page = toPage(next < 0 ? answer.images : answer.images.slice(0, next), order);
  const goesOn = next >= 0 || page?.ids.at(-1) === former.ids.at(-1);
  const pages = list.pages.toSpliced(at, goesOn ? 1 : list.pages.length, ...(page ? [page] : []));
  return { ...list, pages, after: goesOn ? list.after : answer.after };
}

/** The same from below: what follows keeps its place. */
function fillFromBelow(list: LoadedPages, at: number, answer: PageAnswer, order: ImageOrder): LoadedPages {
  const [former, above] = [list.pages[at], list.pages[at - 1]];
  if (!former || !above) return list;
  const last = answer.images.findLastIndex(({ id }) => id === above.ids.at(-1));
  const page = toPage(answer.images.slice(last + 1), order);
  const goesOn = last >= 0 || page?.ids[0] === former.ids[0];
  const pages = list.pages.toSpliced(goesOn ? at : 0, goesOn ? 1 : at + 1, ...(page ? [page] : []));
  const start = endOf(list) - lengthOf({ ...list, pages });
  return { ...list, pages, start, before: goesOn ? list.before : answer.before };
}

/** Lets go of the cards that lie farther than `margin` images from what is seen, but for those at both ends. */
export function letGo(list: LoadedPages, seen: Stretch, margin: number): LoadedPages {
  const near = { from: seen.from - margin, to: seen.to + margin };
  const far = Array.from(stretches(list)).filter(
    ({ at, page, ...covers }) => page.cards && at > 0 && at < list.pages.length - 1 && !overlaps(near, covers),
  );
  if (far.length === 0) return list;
  const pages = [...list.pages];
  for (const { at, page } of far) pages[at] = { ...page, cards: null };
  return { ...list, pages };
}

/** The list with newer cards of some of its images; each stays where it is. */
export function refresh(list: LoadedPages, cards: readonly DrawnCard[]): LoadedPages {
  const newer = new Map(cards.map((card) => [card.id, card]));
  const pages = list.pages.map((page) =>
    page.cards?.some(({ id }) => newer.has(id))
      ? { ...page, cards: page.cards.map((card) => newer.get(card.id) ?? card) }
      : page,
  );
  return { ...list, pages };
}

/**
 * The place right before an image: the list that begins behind it begins with this one. Null: there is none before;
 * undefined: it was not read.
 */
export function placeBefore(list: LoadedPages, index: number, order: ImageOrder): Cursor | null | undefined {
  if (index === list.start) return list.before === null ? null : undefined;
  const [former] = entriesOf(list, { from: index - 1, to: index });
  return former?.card ? cursorOf(former.card, order) : undefined;
}
