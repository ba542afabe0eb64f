import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { toItemView } from "~/features/job-runs/views/item-view";
import type { Ports } from "~/ports/index.server";
import { systemMachine } from "~/ports/machine.server";
import { readDatabase } from "~/ports/sqlite-file/read-database.server";
import { portsCutOff } from "../../../tests/support/ports-cut-off";
import { openBackupWorld } from "../../../tests/support/world/backup-world";
import { backUpDatabase } from "./back-up-database";
import { manifestKey, parseBackupKey } from "./backup-key";
import { fetchBackup } from "./fetch-backup.server";
import { findNewestBackup, judgeBackup, listBackups } from "./list-backups.server";

const never = new AbortController().signal;

/** Of calls to the bucket and transactions: a backup has its manifest before the last of them. */
const STEPS = 22;

/** The one item of a run that failed. */
async function failureOf({ ports }: Pick<Awaited<ReturnType<typeof openBackupWorld>>, "ports">, runId: number) {
  const row = await ports.db.jobItem.findFirstOrThrow({ where: { runId, outcome: "failed" } });
  return { subject: row.subject, errorClass: row.errorClass, error: row.error };
}

test("a backup is put, read back and told by its manifest; what comes back of it is the database, without sessions", async () => {
  const world = await openBackupWorld();
  const { ports, carryOut, keys, beside } = world;
  await ports.db.operator.create({
    data: {
      ...{ email: "mina@diffs.studio", name: "Mina", role: "admin", createdAt: new Date() },
      sessions: { create: { id: "s", createdAt: new Date(), expiresAt: new Date() } },
    },
  });
  const run = await carryOut(backUpDatabase, {});
  expect(run).toMatchObject({ status: "succeeded", succeeded: 2, failed: 0 });
  const { newest: backup } = await findNewestBackup(ports, never);
  expect(backup).toMatchObject({
    key: expect.stringMatching(/^backups\/2026\/2026-11-30-022000Z-[0-9a-f]{6}\.db\.gz$/),
    manifest: { runId: run.id, rows: { Operator: 1, Session: 0, JobRun: 1 }, schema: expect.stringMatching(/^\d{4}_/) },
  });
  if (!backup) throw new Error("There is no backup.");
  expect(await keys()).toEqual([backup.key, manifestKey(backup.key)]);
  expect(beside()).toEqual([]);
  const to = join(ports.db.$file, "..", "fetched.db");
  await fetchBackup(ports, { backup, to, signal: never });
  readDatabase(to, (database) => {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(database.prepare('SELECT "email" FROM "Operator"').pluck().all()).toEqual(["mina@diffs.studio"]);
  });
  const rows = await ports.db.jobItem.findMany({ where: { runId: run.id }, orderBy: { seq: "asc" } });
  const items = rows.map((row) => toItemView(jobKinds.get(backUpDatabase.kind), row));
  expect(items.map(({ becomes }) => becomes)).toEqual([{ key: backup.key }, "0 old backups removed, 1 backup kept"]);
});

test("a bucket that may only be read has no backup, and says so; nothing is left", async () => {
  const world = await openBackupWorld();
  const { carryOut, setFaults, keys, beside } = world;
  setFaults([
    { method: "PUT", status: 403, code: "AccessDenied" },
    { operation: "CreateMultipartUpload", status: 403, code: "AccessDenied" },
  ]);
  const run = await carryOut(backUpDatabase, {});
  expect(run).toMatchObject({ status: "succeeded", failed: 1 });
  expect(await failureOf(world, run.id)).toEqual({
    subject: "backup",
    errorClass: "s3-denied",
    error: expect.stringMatching(/write “backups\/2026\/.*access was refused/i),
  });
  setFaults([]);
  expect([await keys(), beside()]).toEqual([[], []]);
});

test("on a disk at 99 % nothing is begun", async () => {
  const world = await openBackupWorld();
  const { ports, work, start, keys, beside } = world;
  const full: Ports["machine"] = {
    ...ports.machine,
    measureFile: async (db) => ({ ...(await systemMachine.measureFile(db)), diskBytes: 20e9, freeBytes: 200e6 }),
  };
  const runId = await start(backUpDatabase, {}, { autoApply: true });
  await work(runId, { as: { ...ports, machine: full } });
  expect(await failureOf(world, runId)).toEqual({
    subject: "backup",
    errorClass: "conflict",
    error: expect.stringMatching(
      /^A backup needs 25\d.*MB on the disk of .*ops\.db, and 200\u202fMB are free: nothing was begun\. Make room, then run this again\.$/,
    ),
  });
  expect([await keys(), beside()]).toEqual([[], []]);
});

test("what comes back with other bytes is no backup", async () => {
  const world = await openBackupWorld();
  const { ports, work, start } = world;
  const runId = await start(backUpDatabase, {}, { autoApply: true });
  const get: Ports["storage"]["get"] = async (key, options) => {
    const { head, body } = await ports.storage.get(key, options);
    body[100] = (body[100] ?? 0) ^ 1;
    return { head, body };
  };
  await work(runId, { as: { ...ports, storage: { ...ports.storage, get } } });
  expect(await failureOf(world, runId)).toMatchObject({
    subject: "backup",
    error: expect.stringMatching(/^The bucket gave back other bytes than were put at “backups\/.*run this again/i),
  });
  expect(await findNewestBackup(ports, never)).toMatchObject({ newest: null });
});

test("whenever the power goes, no half backup looks good, and the next one clears what was left", async () => {
  const { ports, start, work, at, keys, beside } = await openBackupWorld();
  /** Whether it was whole, by its key. */
  const seen = new Map<string, boolean>();
  for (let step = 1; step <= STEPS; step++) {
    const runId = await start(backUpDatabase, {}, { autoApply: true });
    const cut = portsCutOff(ports, (taken) => taken === step);
    await work(runId, { as: cut.ports, signal: cut.off }).catch(() => {});
    await cut.settle();
    expect(cut.off.aborted).toBe(true);
    for (const listed of await listBackups(ports, never)) {
      if (seen.has(listed.key)) continue;
      const judged = await judgeBackup(ports, listed, never);
      const to = join(ports.db.$file, "..", `fetched.db-${step}`);
      if ("manifest" in judged) await fetchBackup(ports, { backup: judged, to, signal: never });
      seen.set(listed.key, "manifest" in judged);
    }
    await ports.db.jobRun.update({ where: { id: runId }, data: { status: "cancelled" } });
    await ports.db.jobChunk.updateMany({ where: { runId }, data: { leaseUntil: null } });
  }
  expect(new Set(seen.values())).toEqual(new Set([true, false]));

  // What a process that the power was cut from leaves on the disk, and someone's own file of a similar name.
  const left = `${ports.db.$file}.backing-up-4194304-abc123`;
  mkdirSync(left);
  writeFileSync(join(left, "ops.db"), "half a copy");
  writeFileSync(`${ports.db.$file}.backing-up-notes.txt`, "mine");
  await at("2026-12-02T02:20:00Z");
  const again = await start(backUpDatabase, {}, { autoApply: true });
  expect(await work(again)).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(existsSync(left)).toBe(false);
  expect(beside().filter((name) => !name.startsWith("fetched.db"))).toEqual(["ops.db.backing-up-notes.txt"]);
  expect((await listBackups(ports, never)).filter(({ hasManifest }) => !hasManifest)).toEqual([]);
  expect((await keys()).every((key) => parseBackupKey(key) !== null)).toBe(true);
});

test("old backups go but for those that retention keeps; what others put there and the newest good one stay", async () => {
  const { ports, storage, carryOut, at, keys } = await openBackupWorld();
  const ours = async (time: string) => {
    await at(time);
    await carryOut(backUpDatabase, {});
    return (await findNewestBackup(ports, never)).newest?.key ?? "";
  };
  const [morning, noon] = [await ours("2026-11-26T02:20:00Z"), await ours("2026-11-26T12:00:00Z")];
  const put = (key: string) => storage.put(key, Buffer.from("mine"), { contentType: "text/plain" });
  for (const key of ["backups/ops.db", "backups/2026/2026-11-01-000000Z.db.gz", "backups/2026/notes.txt"])
    await put(key);
  const newest = await ours("2026-11-30T02:20:00Z");
  const [kept, foreign] = [(await keys()).filter((key) => parseBackupKey(key)), await keys()];
  expect(kept).toEqual([noon, newest].flatMap((key) => [key, manifestKey(key)]).sort());
  expect(kept).not.toContain(morning);
  expect(foreign.filter((key) => !parseBackupKey(key))).toEqual([
    "backups/2026/2026-11-01-000000Z.db.gz",
    "backups/2026/notes.txt",
    "backups/ops.db",
  ]);
});

test("where nothing may be deleted, there is a backup all the same, and it says what stayed", async () => {
  const world = await openBackupWorld();
  const { carryOut, at, setFaults, keys } = world;
  for (const time of ["2026-11-26T02:20:00Z", "2026-11-26T12:00:00Z"]) {
    await at(time);
    await carryOut(backUpDatabase, {});
  }
  await at("2026-11-30T02:20:00Z");
  setFaults([
    { operation: "DeleteObjects", status: 403, code: "AccessDenied" },
    { operation: "DeleteObject", status: 403, code: "AccessDenied" },
  ]);
  const run = await carryOut(backUpDatabase, {});
  expect(run).toMatchObject({ succeeded: 1, failed: 1 });
  expect(await failureOf(world, run.id)).toMatchObject({
    subject: "old-backups",
    error: expect.stringMatching(/refused/),
  });
  expect(await keys()).toHaveLength(6);
});
