import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";
import { createDb, type Db } from "~/ports/db.server";

/** A migrated, empty SQLite file of this test's own; gone when the test is over. */
export async function openTestDb(): Promise<Db & { file: string }> {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-db-"));
  const file = join(folder, "ops.db");
  copyFileSync(inject("migratedDatabase"), file);
  const db = await createDb(`file:${file}`);
  onTestFinished(async () => {
    await db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  });
  return Object.assign(db, { file });
}
