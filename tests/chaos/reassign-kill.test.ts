import { expect, test } from "vitest";
import { reassignUnderKills } from "./reassign-kills";

test("a reassignment of 20,000 images outlives kill -9 of its worker, 3 times: every row once, the undo exact under one", async () => {
  const { atLastKill, undoneAtLastKill } = await reassignUnderKills({ images: 20_000, kills: 3, undoKills: 1 });
  expect(atLastKill).toBeLessThan(20_000);
  expect(undoneAtLastKill).toBeLessThan(20_000);
});
