import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { systemClock } from "~/ports/clock.server";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { requireDatabase } from "~/ports/require-database.server";
import { openTestFolder } from "../../../tests/support/folder";
import { migrateToEnd } from "../../../tests/support/migrate-to-end";
import { holdOpen } from "../../../tests/support/process";
import { backUpFile } from "./back-up-file.server";
import { readMigrations } from "./migration-files.server";
import { restoreFile } from "./restore-file.server";

const migrations = readMigrations();
const newer = { name: "9001_newer", sql: 'CREATE TABLE "A" ("x")', checksum: "" };

/** A backup of a database with one owner, and where to restore it. */
function openBackup(seen = migrations) {
  const folder = openTestFolder();
  const [made, backup, file] = [join(folder, "made.db"), join(folder, "backup.db"), join(folder, "ops.db")];
  migrateToEnd(made, seen);
  write(
    made,
    `INSERT INTO "Operator" ("email", "name", "role", "createdAt") VALUES ('mina@diffs.studio', 'Mina', 'admin', 0)`,
  );
  backUpFile(made, backup);
  rmSync(made);
  return { folder, backup, file };
}

function write(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

const restore = (
  places: { backup: string; file: string },
  options: Partial<Parameters<typeof restoreFile<string>>[0]> = {},
) => restoreFile({ ...places, migrations, clock: systemClock, settle: async () => "settled", apply: true, ...options });

test("a backup comes back whole, for this user's eyes alone, and leaves nothing beside it", async () => {
  const { folder, backup, file } = openBackup();
  expect(await restore({ backup, file })).toEqual({
    ...{ bytes: statSync(file).size, migrated: [], settled: "settled" },
    rows: expect.objectContaining({ Operator: 1, Image: 0 }),
  });
  requireDatabase(`file:${file}`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "ops.db"]);
  const database = new Database(file);
  expect(database.prepare('SELECT "email" FROM "Operator"').pluck().all()).toEqual(["mina@diffs.studio"]);
  database.close();
});

test("without apply the same is done, and nothing of it stays; nor when settling fails", async () => {
  const { folder, backup, file } = openBackup();
  const seen: string[] = [];
  const settle = async (copy: string) => {
    requireDatabase(`file:${copy}`);
    seen.push(copy);
    return "settled";
  };
  expect(await restore({ backup, file }, { apply: false, settle })).toMatchObject({ settled: "settled" });
  expect(seen).toHaveLength(1);
  const failing = restore({ backup, file }, { settle: () => Promise.reject(new Error("killed")) });
  await expect(failing).rejects.toThrow("killed");
  expect(readdirSync(folder)).toEqual(["backup.db"]);
});

test("an older backup is brought up to date, and stays as it is itself", async () => {
  const { folder, backup, file } = openBackup(migrations.filter(({ name }) => name < "0034"));
  const before = readFileSync(backup);
  const migrated = migrations.map(({ name }) => name).filter((name) => name >= "0034");
  expect(migrated.length).toBeGreaterThan(0);
  expect(await restore({ backup, file })).toMatchObject({ migrated });
  expect(readFileSync(backup).equals(before)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "ops.db"]);
});

test("a copy of a database in use, with its log beside it, comes back with what is in the log", async () => {
  const { backup, file } = openBackup();
  const live = new Database(backup);
  live.pragma("journal_mode = WAL");
  live.pragma("wal_autocheckpoint = 0");
  live.exec(`UPDATE "Operator" SET "name" = 'Mina Kim'`);
  await restore({ backup, file });
  live.close();
  const restored = new Database(file);
  expect(restored.prepare('SELECT "name" FROM "Operator"').pluck().get()).toBe("Mina Kim");
  restored.close();
});

type Places = { folder: string; backup: string; file: string };

test.each<[string, (places: Places) => void, string]>([
  [
    "a database is there",
    ({ file }) => writeFileSync(file, ""),
    "A backup is restored only where no database is, and there is …/ops.db. Stop web, workers and scripts, move the database away with its -wal and -shm, then run this again. Nothing was changed.",
  ],
  [
    "the log of one is left",
    ({ file }) => writeFileSync(`${file}-wal`, "log"),
    "A backup is restored only where no database is, and there is …/ops.db-wal. Stop web, workers and scripts, move the database away with its -wal and -shm, then run this again. Nothing was changed.",
  ],
  ["there is no backup", ({ backup }) => rmSync(backup), "There is no backup at …/backup.db."],
  [
    "it is cut off",
    ({ backup }) => writeFileSync(backup, readFileSync(backup).subarray(0, 200_000)),
    "The database at …/backup.db cannot be read (SQLITE_CORRUPT: database disk image is malformed).",
  ],
  [
    "a page of it is damaged",
    ({ backup }) => writeFileSync(backup, damaged(backup)),
    "The backup at …/backup.db is damaged: ",
  ],
  [
    "it is no database",
    ({ backup }) => writeFileSync(backup, "no database ".repeat(100)),
    "The database at …/backup.db cannot be read (SQLITE_NOTADB: file is not a database).",
  ],
  [
    "it is a database of something else",
    ({ backup }) => {
      rmSync(backup);
      write(backup, 'CREATE TABLE "A" ("x")');
    },
    "The file at …/backup.db is no database of Diffs Ops: it has no history of our migrations.",
  ],
  [
    "a newer version made it",
    ({ backup }) => void migrateToEnd(backup, [...migrations, newer]),
    "The database at …/backup.db was migrated by another version of Diffs Ops (9001_newer), which this one does not know: start that version.",
  ],
])("where %s, nothing is restored and nothing left", async (_, prepare, sentence) => {
  const places = openBackup();
  prepare(places);
  const before = readdirSync(places.folder);
  const { message } = await restore(places).then(
    () => new Error("It was restored"),
    (error: DatabaseNotReady) => error,
  );
  expect(message.replaceAll(places.folder, "…").slice(0, sentence.length)).toBe(sentence);
  expect(readdirSync(places.folder)).toEqual(before);
});

/** The entries of an index's page overwritten with zeros: its table has rows that the index lacks. */
function damaged(backup: string): Buffer {
  const database = new Database(backup, { readonly: true });
  const page = database
    .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = '_prisma_migrations'")
    .pluck()
    .get();
  const size = Number(database.pragma("page_size", { simple: true }));
  database.close();
  const content = readFileSync(backup);
  content.fill(0, ((page ?? 0) - 1) * size + 8, (page ?? 0) * size);
  return content;
}

test("what someone else puts there meanwhile stays", async () => {
  const { folder, backup, file } = openBackup();
  const settle = async () => {
    writeFileSync(file, "of someone else");
    return "settled";
  };
  await expect(restore({ backup, file }, { settle })).rejects.toThrow(
    new DatabaseNotReady(`There is a file at ${file} already.`),
  );
  expect(readFileSync(file, "utf8")).toBe("of someone else");
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "ops.db"]);
});

test.runIf(process.platform === "linux")(
  "a process that goes on with a database that was removed is named",
  async () => {
    const { backup, file } = openBackup();
    await restore({ backup, file });
    const holder = await holdOpen(file, "Operator");
    for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true });
    await expect(restore({ backup, file })).rejects.toThrow(
      `The database that was at ${file} is still in use (process ${holder.pid}): stop web, workers and scripts, then run this again.`,
    );
    holder.kill("SIGKILL");
    await holder.ended;
    await restore({ backup, file });
  },
);
