import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { findChromium } from "./scripts/dev/browser/chromium";
import { limits } from "./tests/limits";
import { LongFirst } from "./tests/setup/long-first";

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
    // Loading Prisma, the AWS SDK and sharp takes longer than most files' tests: a process loads them once, for many files.
    isolate: false,
    ...limits,
  },
};

/** Each file has a console, a browser and a process of its own. */
const e2e = {
  resolve,
  test: {
    name: "e2e",
    include: ["tests/e2e/**/*.test.ts"],
    globalSetup: ["tests/e2e/setup/ground.ts"],
    setupFiles,
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
    sequence: { sequencer: LongFirst },
    // One more than processors, for many tests wait most of the time: for a retry, a lease, a browser.
    maxWorkers: Math.min(availableParallelism() + 1, 4),
  },
});
