import { expect, test } from "vitest";
import { type ImageOrder, parseCursor } from "~/features/images/browse/image-order";
import type { DrawnCard } from "~/features/images/browse/with-placeholders.server";
import {
  beginWith,
  endOf,
  entriesOf,
  type LoadedPages,
  letGo,
  nextRequest,
  type PageAnswer,
  type PageRequest,
  placeBefore,
  receive,
  refresh,
  type Stretch,
} from "./loaded-pages";

const order: ImageOrder = { by: "bytes", direction: "asc" };
const LIMIT = 3;

const card = (id: number): DrawnCard => ({
  id,
  key: `${id}.png`,
  etag: "e",
  kind: "other",
  bytes: id,
  width: null,
  height: null,
  ownerId: null,
  ownerName: null,
  contentType: null,
  isUnreadable: false,
  unreadable: null,
  goneAt: null,
  createdAt: new Date(0),
  archivedAs: null,
  hasThumbnail: true,
  placeholder: null,
});

/** What a server with these images answers, three at a time. */
function ask(ids: number[], place: PageRequest["place"]): PageAnswer {
  const at = place ? parseCursor("after" in place ? place.after : place.before, order).id : 0;
  const isBackwards = place !== null && "before" in place;
  const beyond = isBackwards ? ids.filter((id) => id < at).slice(-LIMIT) : ids.filter((id) => id > at).slice(0, LIMIT);
  const [first = 0, last = 0] = [beyond.at(0), beyond.at(-1)];
  return {
    images: beyond.map(card),
    from: place,
    before: beyond.length > 0 && ids.some((id) => id < first) ? `${first}.${first}` : null,
    after: beyond.length > 0 && ids.some((id) => id > last) ? `${last}.${last}` : null,
  };
}

/** Reads until nothing within the margin is missing; at most so many pages. */
function readOn(list: LoadedPages, ids: number[], seen: Stretch, margin = 0) {
  let read = list;
  for (let pages = 0; pages < 20; pages += 1) {
    const request = nextRequest(read, seen, margin);
    if (request === null) return { list: read, pages };
    read = receive(read, request, ask(ids, request.place), order);
  }
  throw new Error("It asks for ever.");
}

const twelve = Array.from({ length: 12 }, (_, n) => n + 1);
const shown = (list: LoadedPages, seen = { from: list.start, to: endOf(list) }) =>
  entriesOf(list, seen).map(({ id, card }) => (card ? id : -id));

test("reads both ways to the ends and no further; each image keeps its index", () => {
  const begun = beginWith(ask(twelve, { after: "6.6" }), order);
  expect(entriesOf(begun, { from: 0, to: 9 }).map(({ id, index }) => [id, index])).toEqual([
    [7, 0],
    [8, 1],
    [9, 2],
  ]);
  const { list, pages } = readOn(begun, twelve, { from: 0, to: 3 }, 20);
  expect([pages, list.start, shown(list)]).toEqual([3, -6, twelve]);
  expect(entriesOf(list, { from: 0, to: 1 })[0]?.id).toBe(7);
  expect([list.before, list.after]).toEqual([null, null]);
});

test("an empty list asks for nothing", () => {
  const list = beginWith(ask([], null), order);
  expect(nextRequest(list, { from: 0, to: 0 }, 100)).toBeNull();
});

test("an end that has gone meanwhile is asked for once", () => {
  const begun = beginWith(ask(twelve, null), order);
  const { list, pages } = readOn(begun, [1, 2, 3], { from: 0, to: 3 }, 20);
  expect([pages, shown(list), list.after]).toEqual([1, [1, 2, 3], null]);
});

const all = () => readOn(beginWith(ask(twelve, null), order), twelve, { from: 0, to: 12 }).list;

test("cards far from what is seen are let go, and read again from the side that is seen", () => {
  const list = letGo(all(), { from: 9, to: 12 }, 0);
  expect(shown(list)).toEqual([1, 2, 3, -4, -5, -6, -7, -8, -9, 10, 11, 12]);
  expect(nextRequest(list, { from: 8, to: 12 }, 0)).toEqual({ place: { before: "10.10" }, into: 2 });
  expect(nextRequest(list, { from: 3, to: 5 }, 0)).toEqual({ place: { after: "3.3" }, into: 1 });
  expect(shown(readOn(list, twelve, { from: 0, to: 12 }).list)).toEqual(twelve);
});

test.each<[string, number[], Stretch, number[]]>([
  ["an image gone, from below", twelve.filter((id) => id !== 8), { from: 8, to: 12 }, [7, 9, 10, 11, 12]],
  ["an image gone, from above", twelve.filter((id) => id !== 5), { from: 1, to: 4 }, [1, 2, 3, 4, 6]],
  ["a whole page gone", [1, 2, 3, 7, 8, 9, 10, 11, 12], { from: 1, to: 4 }, [1, 2, 3, 7, 8, 9]],
])("a list that has changed goes on without a gap: %s", (_what, now, seen, expected) => {
  const { list } = readOn(letGo(all(), { from: 0, to: 0 }, 0), now, seen);
  const ids = shown(list).map(Math.abs);
  expect(ids.join()).toContain(expected.join());
  expect(new Set(ids).size).toBe(ids.length);
  // Whoever then goes through all of it finds what there is.
  expect(shown(readOn(list, now, { from: list.start, to: endOf(list) }, 20).list)).toEqual(now);
});

test("newer cards take the place of the former ones; nothing moves", () => {
  const list = refresh(all(), [{ ...card(5), ownerName: "Noor" }, card(99)]);
  expect(shown(list)).toEqual(twelve);
  expect(entriesOf(list, { from: 4, to: 5 })[0]?.card?.ownerName).toBe("Noor");
});

test("a place in the list is said by the image before it", () => {
  const list = all();
  expect([0, 1, 3].map((index) => placeBefore(list, index, order))).toEqual([null, "1.1", "3.3"]);
  expect(placeBefore(beginWith(ask(twelve, { after: "6.6" }), order), 0, order)).toBeUndefined();
});
