import { test } from "vitest";
import { tries } from "../support/tries";
import { migrateUnderKills } from "./migrate-kills";

test("a migration that is killed leaves all as it was, and the same command leads on", async () => {
  await migrateUnderKills({ proposals: 5_000, kills: tries(5, 20) });
});
