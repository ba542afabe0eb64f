import { expect, test } from "vitest";
import { NEW, OLD, openRenameWorld } from "./rename-world";

const IMAGES = 500;
const KILLS = 50;
const KILLS_OF_UNDO = 10;

test(
  `a group of ${IMAGES} images is renamed under ${KILLS} kills, and renamed back under ${KILLS_OF_UNDO}`,
  async () => {
    const world = await openRenameWorld(IMAGES);
    world.startWorker();
    world.startWorker();
    const runId = await world.rename();
    const stopWatching = world.watch(OLD, NEW);
    const cutOff = await world.killAndWait(runId, KILLS);
    expect(cutOff).toBeGreaterThan(KILLS);
    const there = await stopWatching();
    expect(there.unreachable).toEqual([]);
    await world.expectExactly(NEW);

    const undoId = await world.undo(runId);
    const stopWatchingUndo = world.watch(NEW, OLD);
    await world.killAndWait(undoId, KILLS_OF_UNDO);
    const back = await stopWatchingUndo();
    expect(back.unreachable).toEqual([]);
    await world.expectExactly(OLD);
    console.log(
      `${IMAGES} images: ${KILLS} kills there that met ${cutOff} moves in the middle, ${there.looks} looks; ${KILLS_OF_UNDO} kills back, ${back.looks} looks; ` +
        "none unreachable at any look, both ends exact",
    );
  },
  20 * 60_000,
);
