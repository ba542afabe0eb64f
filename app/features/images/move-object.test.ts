import { expect, test } from "vitest";
import { openMoves } from "../../../tests/support/moves";

test("moves an object with its bytes and headers", async () => {
  const world = await openMoves();
  await world.put({ "a/1.png": "one" });
  const run = await world.carryOut(world.moves, world.handler, { from: "a/", to: "b/" });
  expect(run).toMatchObject({ succeeded: 1, failed: 0 });
  expect(await world.listing()).toEqual({ "b/1.png": "one" });
});
