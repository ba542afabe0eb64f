import { expect, test } from "vitest";
import { backupKey, manifestKey, parseBackupKey } from "./backup-key";

const at = new Date("2026-11-30T02:20:07.912Z");
const key = "backups/2026/2026-11-30-022007Z-7f3a09.db.gz";

test("a backup is named for its moment, and its manifest lies beside it", () => {
  expect(backupKey(at, "7f3a09")).toBe(key);
  expect(manifestKey(key)).toBe("backups/2026/2026-11-30-022007Z-7f3a09.json");
  const takenAt = new Date("2026-11-30T02:20:07Z");
  expect(parseBackupKey(key)).toEqual({ key, takenAt, isManifest: false });
  expect(parseBackupKey(manifestKey(key))).toEqual({ key, takenAt, isManifest: true });
});

test.each([
  "backups/ops-2026-11-30.db",
  "backups/2026/notes.txt",
  "backups/2026/2026-11-30-022007Z.db.gz",
  "backups/2026/2026-11-30-022007Z-7f3a09.db.gz.bak",
  "backups/2026/2026-13-30-022007Z-7f3a09.db.gz",
  "backups/2026/2026-11-30-022007Z-7F3A09.db.gz",
  "old/backups/2026/2026-11-30-022007Z-7f3a09.db.gz",
  "backups/2026/sub/2026-11-30-022007Z-7f3a09.json",
])("“%s” is someone else's", (other) => expect(parseBackupKey(other)).toBeNull());
