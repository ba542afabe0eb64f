import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { limits } from "./tests/limits";

/** Long tests that kill processes: `npm run test:chaos -- NAME`. */
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  test: {
    setupFiles: ["tests/setup/own-environment.ts"],
    include: ["tests/chaos/**/*.chaos.test.ts"],
    globalSetup: ["tests/setup/migrated-database.ts"],
    fileParallelism: false,
    pool: "forks",
    ...limits,
  },
});
