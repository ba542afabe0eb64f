import { expect, test } from "vitest";
import { raceForOneKey } from "./ten-writers";

test.each(["ceph-versioned", "b2", "aws-versioned"])("ten writers go for one key on %s, 5 times", async (store) => {
  const { moved, gaveWay } = await raceForOneKey(store, 5);
  expect(moved + gaveWay).toBe(5);
});
