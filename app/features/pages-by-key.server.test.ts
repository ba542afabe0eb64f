import { expect, test } from "vitest";
import { pagesByKey } from "./pages-by-key.server";

test.each([
  [0, [[]]],
  [2, [[], [1, 2]]],
  [3, [[], [1, 2, 3], []]],
  [7, [[], [1, 2, 3], [4, 5, 6], [7]]],
])("%i rows are read three a page, each page from behind the last row of the one before", async (total, expected) => {
  const asked: (number | undefined)[] = [];
  const read = async (last = 0) => {
    asked.push(last);
    return [1, 2, 3].map((n) => last + n).filter((n) => n <= total);
  };
  const pages: number[][] = [];
  for await (const page of pagesByKey(3, read)) pages.push(page);
  expect(pages).toEqual(expected.filter((page) => page.length > 0));
  expect(asked).toEqual([0, ...pages.filter((page) => page.length === 3).map((page) => page.at(-1))]);
});

test("between two pages the process's timers run", async () => {
  let pages = 0;
  let hasRun = false;
  setTimeout(() => {
    hasRun = true;
  }, 0);
  for await (const _ of pagesByKey(1, async (last: number | undefined) => [(last ?? 0) + 1])) {
    pages += 1;
    if (hasRun || pages === 100_000) break;
  }
  expect(hasRun).toBe(true);
});
