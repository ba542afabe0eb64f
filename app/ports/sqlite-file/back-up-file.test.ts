import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { openTestFolder } from "../../../tests/support/folder";
import { migrateToEnd } from "../../../tests/support/migrate-to-end";
import { runProcess, runWithLittleRoom } from "../../../tests/support/process";
import { backUpFile } from "./back-up-file.server";
import { readMigrations } from "./migration-files.server";

const last = readMigrations().at(-1)?.name;

function openDatabase() {
  const folder = openTestFolder();
  const file = join(folder, "ops.db");
  migrateToEnd(file);
  return { folder, file, to: join(folder, "backup.db") };
}

function read<Value>(file: string, sql: string): Value[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], Value>(sql).pluck().all();
  } finally {
    database.close();
  }
}

/** A process that writes audit events as fast as it can and prints the number of each once it is committed. */
function startWriter(file: string) {
  const writer = runProcess([
    "--input-type=module",
    "--eval",
    `import Database from "better-sqlite3";
     const database = new Database("${file}", { timeout: 5_000 });
     database.pragma("journal_mode = WAL");
     const insert = database.prepare(\`INSERT INTO "AuditEvent" ("at", "actor", "actorName", "action", "subject", "detail", "sentence")
       VALUES (0, 'script:a', 'a', 'test', 'test', '{}', 'Committed')\`);
     for (;;) {
       const { lastInsertRowid } = insert.run();
       await new Promise((printed) => process.stdout.write(lastInsertRowid + "\\n", printed));
     }`,
  ]);
  const acknowledged = () => Number(writer.said.stdout.split("\n").at(-2) ?? 0);
  return { acknowledged, kill: () => writer.kill("SIGKILL"), ended: writer.ended };
}

test("a backup beside a process that commits all the time is whole and has every row acknowledged before", async () => {
  const { folder, file } = openDatabase();
  const writer = startWriter(file);
  for (const n of [1, 2, 3]) {
    const before = writer.acknowledged();
    await expect.poll(writer.acknowledged).toBeGreaterThan(before + 20);
    const acknowledged = writer.acknowledged();
    const to = join(folder, `backup-${n}.db`);
    expect(backUpFile(file, to)).toEqual({ bytes: statSync(to).size, schema: last, rows: expect.any(Object) });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(read(to, "PRAGMA integrity_check")).toEqual(["ok"]);
    // The writer numbers its rows from 1 on, so none is missing before the newest.
    const [newest = 0] = read<number>(to, `SELECT max("id") FROM "AuditEvent"`);
    expect(newest).toBeGreaterThanOrEqual(acknowledged);
    expect(read(to, `SELECT count(*) FROM "AuditEvent"`)).toEqual([newest]);
  }
  writer.kill();
  await writer.ended;
});

test("a backup has no sessions, not even in pages that are free, and tells how many rows each table has", () => {
  const { file, to } = openDatabase();
  const database = new Database(file);
  database.exec(`
    INSERT INTO "Operator" ("id", "email", "name", "role", "createdAt") VALUES (1, 'mina@diffs.studio', 'Mina', 'admin', 0);
    INSERT INTO "Session" ("id", "operatorId", "createdAt", "expiresAt") VALUES ('5e551017', 1, 0, 1);`);
  database.close();
  const { rows } = backUpFile(file, to);
  expect(rows).toMatchObject({ Operator: 1, Session: 0, Image: 0, _prisma_migrations: readMigrations().length });
  expect(Object.keys(rows).filter((name) => /sqlite_|_(data|idx|docsize|config)$/.test(name))).toEqual([]);
  expect(read(file, `SELECT "id" FROM "Session"`)).toEqual(["5e551017"]);
  expect(readFileSync(file).includes("5e551017")).toBe(true);
  expect(readFileSync(to).includes("5e551017")).toBe(false);
});

test("a database that no one uses stays as it is, without files beside it", () => {
  const { folder, file, to } = openDatabase();
  backUpFile(file, to);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "ops.db"]);
});

test("a database of another version is backed up, too", () => {
  const folder = openTestFolder();
  const [file, to] = [join(folder, "ops.db"), join(folder, "backup.db")];
  migrateToEnd(file, [
    ...readMigrations().slice(0, 3),
    { name: "9001_newer", sql: 'CREATE TABLE "A" ("x")', checksum: "" },
  ]);
  expect(backUpFile(file, to).schema).toBe("9001_newer");
});

test("what a backup that was killed has left goes, and so does its name", () => {
  const { folder, file, to } = openDatabase();
  for (const left of ["partial", "partial-journal"]) writeFileSync(`${to}.${left}`, "half of a copy");
  backUpFile(file, to);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "ops.db"]);
});

test.runIf(process.platform === "linux")("a backup that is being made to the same place is left alone", async () => {
  const { folder, file, to } = openDatabase();
  const other = runProcess([
    "--eval",
    `require("node:fs").openSync("${to}.partial", "wx"); console.log(process.pid); setInterval(() => {}, 1_000);`,
  ]);
  await expect.poll(() => other.said.stdout).toMatch(/^\d+\n$/);
  expect(() => backUpFile(file, to)).toThrow(
    `Another copy is being made to ${to} (process ${other.said.stdout.trim()}): choose another name, or wait.`,
  );
  expect(readdirSync(folder).sort()).toEqual(["backup.db.partial", "ops.db"]);
  other.kill("SIGKILL");
  await other.ended;
  backUpFile(file, to);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "ops.db"]);
});

test("nothing is written where something is, or where SQLite would take it for its own", () => {
  const { folder, file, to } = openDatabase();
  const refusal = (target: string, from = file) => {
    try {
      backUpFile(from, target);
    } catch (error) {
      if (error instanceof DatabaseNotReady) return error.message.replaceAll(folder, "…");
      throw error;
    }
  };
  writeFileSync(to, "a backup of yesterday");
  mkdirSync(join(folder, "folder"));
  writeFileSync(join(folder, "notes.txt"), "no database, though it is long enough to look like one".repeat(20));
  new Database(join(folder, "other.db")).exec('CREATE TABLE "A" ("x")').close();
  const exists = "already: a backup never takes the place of another file.";
  expect(refusal(to)).toBe(`There is a file at …/backup.db ${exists}`);
  expect(refusal(join(folder, "folder"))).toBe(`There is a file at …/folder ${exists}`);
  expect(refusal(file)).toBe(`There is a file at …/ops.db ${exists}`);
  expect(refusal(`${folder}/folder/../ops.db-wal`)).toBe(
    "SQLite would take …/folder/../ops.db-wal for a part of the database: choose another name.",
  );
  expect(refusal(join(folder, "no/such/folder.db"))).toBe(
    "A copy of the database cannot be written to …/no/such/folder.db (ENOENT).",
  );
  expect(refusal(join(folder, "new.db"), join(folder, "none.db"))).toBe(
    "There is no database at …/none.db: DATABASE_URL names it.",
  );
  expect(refusal(join(folder, "new.db"), join(folder, "other.db"))).toBe(
    "The file at …/other.db is no database of Diffs Ops: it has no history of our migrations.",
  );
  expect(refusal(join(folder, "new.db"), join(folder, "notes.txt"))).toBe(
    "The database at …/notes.txt cannot be read (SQLITE_NOTADB: file is not a database).",
  );
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "folder", "notes.txt", "ops.db", "other.db"]);
});

test("a backup grows in no file of the database, and gets no name where SQLite would find a part of another", () => {
  const folder = openTestFolder();
  const file = join(folder, "ops.partial");
  migrateToEnd(file);
  symlinkSync(folder, join(folder, "link"));
  const sizes = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]);
  writeFileSync(join(folder, "old.db-wal"), "the log of a backup that is gone");
  const before = sizes();
  for (const to of [join(folder, "ops"), join(folder, "link", "ops")]) {
    expect(() => backUpFile(file, to)).toThrow(
      `A backup to ${to} would grow in a file of the database: choose another name.`,
    );
  }
  expect(() => backUpFile(file, join(folder, "link", "ops.partial-wal"))).toThrow(/for a part of the database/);
  expect(() => backUpFile(file, join(folder, "old.db"))).toThrow(
    `SQLite would take ${folder}/old.db-wal for a part of the backup: choose another name, or move that away.`,
  );
  expect(sizes()).toEqual(before);
});

test("a disk that fills leaves nothing half", async () => {
  const { folder, file, to } = openDatabase();
  const env = { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` };
  const { code, stderr } = await runWithLittleRoom(`scripts/backup.ts "${to}"`, env).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `There is no room for a copy of the database in ${folder}: make room, then run this again.\n`,
  });
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(folder)).toEqual(["ops.db"]);
});
