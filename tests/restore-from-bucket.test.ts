import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { backUpDatabase } from "~/features/backups/back-up-database";
import { manifestKey } from "~/features/backups/backup-key";
import { systemMachine } from "~/ports/machine.server";
import { openTestFolder } from "./support/folder";
import { runProcess } from "./support/process";
import { openBackupWorld } from "./support/world/backup-world";

/** A process that makes runs as fast as it can and prints the number of each once it is committed. */
function startWriter(file: string) {
  const writer = runProcess([
    "--input-type=module",
    "--eval",
    `import Database from "better-sqlite3";
     const database = new Database("${file}", { timeout: 5_000 });
     database.pragma("journal_mode = WAL");
     const insert = database.prepare(\`INSERT INTO "JobRun"
       ("kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
       VALUES ('count', 'Count', 0, 'succeeded', '{}', 'script:a', 'a', 0)\`);
     for (;;) {
       const { lastInsertRowid } = insert.run();
       await new Promise((printed) => process.stdout.write(lastInsertRowid + "\\n", printed));
     }`,
  ]);
  const acknowledged = () => writer.said.stdout.split("\n").slice(0, -1).map(Number);
  return { acknowledged, kill: () => writer.kill("SIGKILL"), ended: writer.ended };
}

test("backed up to the bucket under write load, destroyed, restored: sound, with every run acknowledged before", async () => {
  const { ports, work, start, env } = await openBackupWorld();
  const file = ports.db.$file;
  const writer = startWriter(file);
  await expect.poll(() => writer.acknowledged().length).toBeGreaterThan(20);
  const runId = await start(backUpDatabase, {}, { autoApply: true });
  const acknowledged = writer.acknowledged();
  // As a worker does it: the copy is made by scripts/backup.ts, in a process of its own.
  expect(await work(runId, { as: { ...ports, machine: systemMachine } })).toMatchObject({ succeeded: 2, failed: 0 });
  expect(writer.acknowledged().length).toBeGreaterThan(acknowledged.length);
  writer.kill();
  await writer.ended;
  await ports.db.$disconnect();
  for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });

  const run = async (...words: string[]) => {
    const own = { ...env, S3_FORCE_PATH_STYLE: "true", APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` };
    const { code, stdout, stderr } = await runProcess(["scripts/restore.ts", ...words], own).ended;
    return { code, said: `${stdout}${stderr}` };
  };
  const back = await run("latest", "--apply", "--json");
  expect(back.code, back.said).toBe(0);
  expect(JSON.parse(back.said)).toMatchObject({ applied: true, paused: [], canceled: [], signedOut: 0 });
  const restored = new Database(file);
  expect(restored.pragma("integrity_check", { simple: true })).toBe("ok");
  const ids = new Set(restored.prepare('SELECT "id" FROM "JobRun"').pluck().all());
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  expect(restored.prepare('SELECT "status" FROM "JobRun" WHERE "id" = ?').pluck().get(runId)).toBe("cancelled");
  restored.close();
  renameSync(file, join(openTestFolder(), "restored.db"));

  const { storage } = ports;
  const { backups } = JSON.parse((await run("--list", "--json")).said);
  expect(backups).toMatchObject([{ isWhole: true, schema: expect.stringMatching(/^\d{4}_/) }]);
  const key: string = backups[0].key;
  const { body: manifest } = await storage.get(manifestKey(key));
  const told = JSON.parse(manifest.toString());
  const tell = (changes: object) =>
    storage.put(manifestKey(key), Buffer.from(JSON.stringify({ ...told, ...changes })), { contentType: "text/json" });
  await tell({ schema: "9001_newer" });
  expect(await run(key)).toEqual({
    code: 1,
    said: `The database at ${key} was migrated by another version of Diffs Ops (9001_newer), which this one does not know: start that version.\n`,
  });
  await tell({});
  const { body } = await storage.get(key);
  await storage.put(key, body.subarray(0, body.length / 2), { contentType: "application/gzip" });
  expect(await run(`s3://${storage.bucket}/${key}`)).toEqual({
    code: 1,
    said: `“${key}” has ${Math.floor(body.length / 2)} bytes, and its manifest says ${body.length}: it was cut or replaced. Take another backup (--list shows them).\n`,
  });
});
