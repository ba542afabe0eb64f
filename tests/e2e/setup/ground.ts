import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bareEnv } from "../../../scripts/dev/console/local-env";

declare module "vitest" {
  interface ProvidedContext {
    /** Where seed.ts leaves the console that every end-to-end file begins with a copy of (support/console.ts waits for it). */
    seededFolder: string;
  }
}

/** Begins to make the ground of all end-to-end tests, in a process beside the tests that need none. */
export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-e2e-"));
  const log = openSync(join(folder, "seed.log"), "a");
  const seed = spawn(process.execPath, ["--import", "tsx", "tests/e2e/setup/seed.ts", folder], {
    env: bareEnv(),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    seed.once("exit", (code, signal) => {
      if (code !== 0) writeFileSync(join(folder, "failed"), signal ?? `exit code ${code}`);
      resolve();
    });
  });
  project.provide("seededFolder", folder);
  return async () => {
    seed.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}
