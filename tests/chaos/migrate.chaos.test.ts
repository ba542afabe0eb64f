import { expect, test } from "vitest";
import { migrateUnderKills } from "./migrate-kills";

test(
  "the largest migration over 50,000 proposals is killed 20 times, and the same command leads on",
  async () => {
    const { underWay } = await migrateUnderKills({ proposals: 50_000, kills: 20 });
    expect(underWay).toBeGreaterThan(0);
  },
  20 * 60_000,
);
