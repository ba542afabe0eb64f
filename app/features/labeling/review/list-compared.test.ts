import { expect, test } from "vitest";
import { openReview } from "../../../../tests/support/world/review-world";
import { listCompared } from "./list-compared.sql.server";
import { type ReviewFilter, type ReviewOrder, type ReviewPlace, reviewOrders } from "./review-filter";

async function openList() {
  const { db, labelRunId } = await openReview([
    { image: 4, value: "30s", confidence: 0.4, old: { value: "20s" } },
    { image: 1, value: "30s", confidence: 0.9, old: { value: "20s", source: "person" } },
    { image: 3, value: "30s", confidence: null },
    { image: 2, value: "40s", confidence: 0.9 },
    { image: 2, attribute: "tone", value: "warm", confidence: 0.9 },
    { image: 5, value: "40s", confidence: 0.1, old: { value: "40s" } },
  ]);
  const list = async (order: ReviewOrder, filter: ReviewFilter = {}, from: ReviewPlace = null, limit = 9) =>
    listCompared({ db }, { labelRunId, filter, stated: [], order, from, limit });
  return { list };
}

const names = (found: { imageId: number; attribute: string }[]) =>
  found.map(({ imageId, attribute }) => `${imageId} ${attribute}`);

test.each<[ReviewOrder, string[]]>([
  ["confidence-asc", ["3 ageRange", "4 ageRange", "1 ageRange", "2 ageRange", "2 tone"]],
  ["confidence-desc", ["2 tone", "2 ageRange", "1 ageRange", "4 ageRange", "3 ageRange"]],
  ["key-asc", ["1 ageRange", "2 ageRange", "2 tone", "3 ageRange", "4 ageRange"]],
  ["key-desc", ["4 ageRange", "3 ageRange", "2 tone", "2 ageRange", "1 ageRange"]],
])("in the order %s", async (order, expected) => {
  const { list } = await openList();
  expect(names(await list(order))).toEqual(expected);
});

test.each(reviewOrders)("%s in pages is the same list, forwards and backwards", async (order) => {
  const { list } = await openList();
  const whole = await list(order);
  const [first = 0, second = 0, third = 0] = whole.map(({ id }) => id);
  expect(await list(order, {}, { after: second }, 2)).toEqual(whole.slice(2, 4));
  expect(await list(order, {}, { after: third }, 9)).toEqual(whole.slice(3));
  expect(await list(order, {}, { before: third }, 1)).toEqual(whole.slice(1, 2));
  expect(await list(order, {}, { before: third }, 9)).toEqual(whole.slice(0, 2));
  expect(await list(order, {}, { before: first }, 9)).toEqual([]);
});

test("a proposal comes with its image and the label beside it", async () => {
  const { list } = await openList();
  const [proposal] = await list("key-asc", { attribute: "ageRange", old: "20s", new: "30s" });
  expect(proposal).toMatchObject({
    ...{ imageId: 1, key: "references/01. Model/front_warm/1.png", etag: "e1", isGone: false },
    ...{ attribute: "ageRange", old: "20s", rev: 1, source: "person", value: "30s", confidence: 0.9 },
    ...{ decision: "open", decisionId: 0, isSame: false, isConflict: true, isOutdated: false },
  });
});

test.each<[ReviewFilter, string[]]>([
  [{ attribute: "ageRange", old: "20s", new: "30s" }, ["1 ageRange", "4 ageRange"]],
  [{ attribute: "ageRange", old: null }, ["2 ageRange", "3 ageRange"]],
  [{ person: "conflict" }, ["1 ageRange"]],
  [{ same: "only" }, ["5 ageRange"]],
  [{ same: "any", max: 0.4 }, ["3 ageRange", "4 ageRange", "5 ageRange"]],
])("keeps what %j asks for", async (filter, expected) => {
  const { list } = await openList();
  expect(names(await list("key-asc", filter))).toEqual(expected);
});
