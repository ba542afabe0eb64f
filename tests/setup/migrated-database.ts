import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bareEnv } from "../../scripts/dev/console/local-env";

declare module "vitest" {
  interface ProvidedContext {
    migratedDatabase: string;
  }
}

/** Migrates one database file for the whole test run; each test copies it (openTestDb). */
export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-test-"));
  const file = join(folder, "migrated.db");
  execFileSync(process.execPath, ["--import", "tsx", "scripts/db-migrate.ts"], {
    env: { ...bareEnv(), APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` },
    stdio: ["ignore", "ignore", "inherit"],
  });
  project.provide("migratedDatabase", file);
  return () => rmSync(folder, { recursive: true, force: true });
}
