import { expect, test } from "vitest";
import { reassignUnderKills } from "./reassign-kills";

const IMAGES = 200_000;
const KILLS = 20;

test(
  `kill -9 ${KILLS} times while ${IMAGES} images get another owner: every row once, the undo exact`,
  async () => {
    const { atLastKill } = await reassignUnderKills({ images: IMAGES, kills: KILLS });
    console.log(`${KILLS} kills, the last when ${atLastKill} of ${IMAGES} images were done`);
    expect(atLastKill).toBeLessThan(IMAGES);
  },
  20 * 60_000,
);
