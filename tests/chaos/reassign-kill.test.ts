import { expect, test } from "vitest";
import { reassignUnderKills } from "./reassign-kills";

test("a reassignment of 20,000 images outlives kill -9 of its worker, 3 times: every row once, the undo exact", async () => {
  const { atLastKill } = await reassignUnderKills({ images: 20_000, kills: 3 });
  expect(atLastKill).toBeLessThan(20_000);
});
