import { expect, test } from "vitest";
import { reassignUnderKills } from "./reassign-kills";

const IMAGES = 200_000;
const KILLS = 20;
const UNDO_KILLS = 5;

test(
  `kill -9 ${KILLS} times while ${IMAGES} images get another owner, ${UNDO_KILLS} more during the undo: every row once, the undo exact`,
  async () => {
    const { atLastKill, undoneAtLastKill } = await reassignUnderKills({
      images: IMAGES,
      kills: KILLS,
      undoKills: UNDO_KILLS,
    });
    console.log(`${KILLS} kills, the last when ${atLastKill} of ${IMAGES} images were done`);
    console.log(`${UNDO_KILLS} kills during the undo, the last when ${undoneAtLastKill} were done`);
    expect(atLastKill).toBeLessThan(IMAGES);
    expect(undoneAtLastKill).toBeLessThan(IMAGES);
  },
  20 * 60_000,
);
