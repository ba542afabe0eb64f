import { expect, test } from "vitest";
import { tries } from "../support/tries";
import { NEW, OLD, openRenameWorld } from "./rename-world";

test("a rename outlives kill -9 of its workers: every image is reachable at every look, and the end is exact", async () => {
  const world = await openRenameWorld(40);
  world.startWorker();
  world.startWorker();
  const runId = await world.rename();
  const stopWatching = world.watch(OLD, NEW);
  await world.killAndWait(runId, tries(2, 5));
  const seen = await stopWatching();
  expect(seen.unreachable).toEqual([]);
  expect(seen.looks).toBeGreaterThan(10);
  await world.expectExactly(NEW);

  const undoId = await world.undo(runId);
  const stopWatchingUndo = world.watch(NEW, OLD);
  await world.killAndWait(undoId, 1);
  expect((await stopWatchingUndo()).unreachable).toEqual([]);
  await world.expectExactly(OLD);
});
