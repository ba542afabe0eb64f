import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder of this test's own; gone when the test is over. */
export function openTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
