import { expect, test } from "vitest";
import { openBackupWorld } from "../../../tests/support/world/backup-world";
import { backUpDatabase } from "./back-up-database";
import { manifestKey } from "./backup-key";
import { findNewestBackup } from "./list-backups.server";
import { rehearseRestore } from "./rehearse-restore";

const never = new AbortController().signal;
const gzip = { contentType: "application/gzip" };

/** A bucket with one backup, and what a rehearsal of its restore comes to. */
async function openBackup() {
  const world = await openBackupWorld();
  const { ports, carryOut } = world;
  await carryOut(backUpDatabase, {});
  const { newest: backup } = await findNewestBackup(ports, never);
  if (!backup) throw new Error("There is no backup.");
  return {
    ...world,
    backup,
    async rehearse() {
      const { id } = await carryOut(rehearseRestore, {});
      const { outcome, after, error } = await ports.db.jobItem.findFirstOrThrow({ where: { runId: id } });
      return { outcome, told: after === null ? error : JSON.parse(after) };
    },
  };
}

test("the newest backup is restored beside the database, counted, and taken away", async () => {
  const { rehearse, backup, beside } = await openBackup();
  expect(await rehearse()).toEqual({
    outcome: "succeeded",
    told: {
      key: backup.key,
      takenAt: Date.parse("2026-11-30T02:20:00Z"),
      databaseBytes: backup.manifest.databaseBytes,
      rows: Object.values(backup.manifest.rows).reduce((sum, rows) => sum + rows, 0),
      seconds: expect.any(Number),
    },
  });
  expect(beside()).toEqual([]);
});

test("without a backup, or with one cut in half, there is nothing to restore", async () => {
  const { rehearse, backup, storage, at, carryOut, ports } = await openBackup();
  const { body } = await storage.get(backup.key);
  await storage.put(backup.key, body.subarray(0, body.length / 2), gzip);
  const none = {
    outcome: "failed",
    told: "There is no whole backup in the bucket to restore. Start “Back up database” on the page Jobs.",
  };
  expect(await rehearse()).toEqual(none);
  await storage.deleteMany([backup.key, manifestKey(backup.key)]);
  expect(await rehearse()).toEqual(none);
  await at("2026-11-30T12:00:00Z");
  await carryOut(backUpDatabase, {});
  const { newest: newer } = await findNewestBackup(ports, never);
  await storage.put(backup.key, body.subarray(0, body.length / 2), gzip);
  expect(await rehearse()).toMatchObject({ outcome: "succeeded", told: { key: newer?.key } });
});

test("a backup that is damaged within, or whose rows are others, fails with a sentence and leaves nothing", async () => {
  const { rehearse, backup, storage, beside } = await openBackup();
  const { body } = await storage.get(backup.key);
  const other = Buffer.from(body);
  other[other.length - 20] = (other[other.length - 20] ?? 0) ^ 1;
  await storage.put(backup.key, other, gzip);
  expect(await rehearse()).toEqual({
    outcome: "failed",
    told: `“${backup.key}” is not what its manifest says: it was cut, damaged or replaced. Take another backup (--list shows them).`,
  });
  await storage.put(backup.key, body, gzip);
  const rows = { ...backup.manifest.rows, JobRun: 7 };
  const manifest = Buffer.from(JSON.stringify({ ...backup.manifest, rows }));
  await storage.put(manifestKey(backup.key), manifest, { contentType: "application/json" });
  expect(await rehearse()).toEqual({
    outcome: "failed",
    told: `“${backup.key}” was restored with 1 rows of JobRun, and its manifest says 7. Make a backup, then rehearse again.`,
  });
  expect(beside()).toEqual([]);
});
