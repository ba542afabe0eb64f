import { expect, test } from "vitest";
import { raceForOneKey } from "./ten-writers";

test.each(["ceph-versioned", "b2", "aws-versioned"])("ten writers go for one key on %s, 5 times", async (store) => {
  const { moved, foundBefore, foundAfter } = await raceForOneKey(store, 5);
  expect(moved + foundBefore + foundAfter).toBe(5);
});
