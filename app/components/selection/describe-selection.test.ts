import { expect, test } from "vitest";
import type { ImageQuery } from "~/features/images/query/image-query";
import { describeSelection } from "./describe-selection";
import { everything, nothing, type Selection } from "./selection";

const picked = (...ids: number[]): Selection<number> => ({ isAll: false, picked: new Set(ids) });
const allBut = (...ids: number[]): Selection<number> => ({ isAll: true, except: new Set(ids) });
const exact = { count: 12_431, isExact: true };
const many = { count: 10_000, isExact: false };
const unowned: ImageQuery = { unowned: true };

test.each<[Selection<number>, ImageQuery, typeof exact | null, string, string, object]>([
  [picked(7), {}, exact, "1 selected", "1 image", { ids: [7] }],
  [picked(7, 8), unowned, null, "2 selected", "2 images", { ids: [7, 8] }],
  [everything(), {}, exact, "All 12,431 images selected", "all 12,431 images", { query: { all: true } }],
  [everything(), { all: true }, exact, "All 12,431 images selected", "all 12,431 images", { query: { all: true } }],
  [everything(), {}, null, "All images selected", "all images", { query: { all: true } }],
  [everything(), {}, many, "All 10,000+ images selected", "all 10,000+ images", { query: { all: true } }],
  [everything(), unowned, exact, "All 12,431 matching selected", "all 12,431 matching images", { query: unowned }],
  [
    allBut(7),
    unowned,
    exact,
    "12,430 of all 12,431 matching selected",
    "12,430 images",
    { query: unowned, except: [7] },
  ],
  [
    allBut(7),
    {},
    exact,
    "12,430 of all 12,431 images selected",
    "12,430 images",
    { query: { all: true }, except: [7] },
  ],
  [
    allBut(7),
    unowned,
    many,
    "All 10,000+ matching but 1 selected",
    "all 10,000+ matching but 1",
    { query: unowned, except: [7] },
  ],
])("%j of %j, of which there are %j: %s", (selection, query, total, words, what, images) => {
  const said = describeSelection(selection, { query, total });
  const plain = (text: string | undefined) => text?.replaceAll("\u202f", ",");
  expect([plain(said?.words), plain(said?.what), said?.images]).toEqual([words, what, images]);
});

test("says nothing of nothing", () => {
  expect(describeSelection(nothing(), { query: {}, total: exact })).toBeNull();
});
