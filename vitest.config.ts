import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { findChromium } from "./scripts/dev/browser/chromium";
import { limits } from "./tests/limits";

const resolve = { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } };
const setupFiles = ["tests/setup/own-environment.ts", "tests/setup/no-console-error.ts"];

/** The contract suite asks a real store where one is named, and else the local ones. */
const otherContract = `tests/contract/${process.env.S3_CONTRACT_ENDPOINT ? "local-*" : "real"}.contract.test.ts`;

const unit = {
  resolve,
  test: {
    name: "unit",
    include: ["{app,jobs,scripts,tests}/**/*.test.{ts,tsx}"],
    exclude: ["tests/e2e/**", "tests/chaos/**/*.chaos.test.ts", otherContract],
    globalSetup: ["tests/setup/migrated-database.ts"],
    setupFiles,
    ...limits,
  },
};

/** One console for all of them; they run one after the other, once the other tests leave the machine to them. */
const e2e = {
  resolve,
  test: {
    name: "e2e",
    include: ["tests/e2e/**/*.test.ts"],
    globalSetup: ["tests/e2e/setup/console.ts"],
    setupFiles,
    fileParallelism: false,
    sequence: { groupOrder: 1 },
    ...limits,
  },
};

const hasChromium = findChromium() !== null;
if (!hasChromium && process.env.E2E === "required") throw new Error("E2E=required, and there is no Chromium here.");
if (!hasChromium)
  console.warn("Left out: the end-to-end tests, for there is no Chromium here (CHROMIUM_PATH names one).");

export default defineConfig({
  test: {
    projects: hasChromium ? [unit, e2e] : [unit],
    pool: "forks",
    maxWorkers: 2,
  },
});
