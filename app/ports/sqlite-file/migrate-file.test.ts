import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { requireDatabase } from "~/ports/require-database.server";
import { migrateToEnd } from "../../../tests/support/migrate-to-end";
import { holdOpen, runProcess, runWithLittleRoom } from "../../../tests/support/process";
import { readHistory } from "./history.server";
import { type Migration, readMigrations } from "./migration-files.server";

const migrations = readMigrations();
const upTo = (name: string) => migrations.slice(0, 1 + migrations.findIndex((migration) => migration.name === name));
const made = (name: string, sql: string): Migration => ({ name, sql, checksum: name });

function newFile() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-migrate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "ops.db");
}

/** A database of before labels had a history, with a proposal that the next migrations move. */
function openOld() {
  const file = newFile();
  migrateToEnd(file, upTo("0019_proposals_of_an_image"));
  withDatabase(file, (database) =>
    database.exec(`
      INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt") VALUES (1, 'a.png', 'e', 1, 'reference', 0, 0);
      INSERT INTO "JobRun" ("id", "kind", "title", "lane", "status", "payload", "actor", "actorName", "createdAt")
        VALUES (7, 'label-run', 'Label run', 0, 'succeeded', '{}', 'script:a', 'a', 0);
      INSERT INTO "LabelRun" ("id", "jobRunId", "scope", "createdAt") VALUES (3, 7, '{}', 0);
      INSERT INTO "Proposal" ("labelRunId", "imageId", "attribute", "value", "createdAt") VALUES (3, 1, 'tone', 'warm', 0);`),
  );
  return file;
}

function withDatabase<Value>(file: string, work: (database: Database.Database) => Value): Value {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** All that a database holds but for the history's ids and times. */
const contentsOf = (file: string) =>
  withDatabase(file, (database) => {
    const tables = database.prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name <> '_prisma_migrations' ORDER BY name",
    );
    const rowsOf = (name: string) => database.prepare(`SELECT * FROM "${name}"`).all();
    return {
      history: readHistory(database),
      tables: tables.all().map((table) => ({ ...table, rows: rowsOf(table.name) })),
    };
  });

const copiesOf = (file: string) =>
  readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.before-`));

test("a new database gets every migration, for this user's eyes alone, and no copy", () => {
  const file = newFile();
  expect(migrateToEnd(file).map(({ did }) => did)).toEqual(migrations.map(() => "applied"));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(file))).toEqual([basename(file)]);
  requireDatabase(`file:${file}`);
  expect(migrateToEnd(file)).toEqual([]);
});

test("a database that others could read is closed to them, with its log, also while it is in use", () => {
  const file = newFile();
  migrateToEnd(file);
  const files = [file, `${file}-wal`, `${file}-shm`];
  const modes = () => files.map((path) => statSync(path).mode & 0o777);
  withDatabase(file, (database) => {
    database.exec(`UPDATE "Image" SET "bytes" = 1`);
    expect(modes()).toEqual([0o600, 0o600, 0o600]);
    for (const path of files) chmodSync(path, 0o644);
    expect(migrateToEnd(file)).toEqual([{ did: "closed" }]);
    expect(modes()).toEqual([0o600, 0o600, 0o600]);
  });
  expect(migrateToEnd(file)).toEqual([]);
});

/** See tests/support/ask-prisma.ts. */
async function askPrisma(file: string): Promise<unknown> {
  return JSON.parse((await runProcess(["tests/support/ask-prisma.ts", file]).ended).stdout);
}

const fine = { hasMigrationsTable: true, editedMigrationNames: [], failedMigrationNames: [] };

test("Prisma goes on where we stopped, we where Prisma did, and neither finds the other's history odd", async () => {
  const [ours, half] = [newFile(), newFile()];
  migrateToEnd(ours);
  migrateToEnd(half, upTo("0020_label_history"));
  expect(await askPrisma(ours)).toEqual({ found: { ...fine, history: null }, appliedMigrationNames: [] });
  const rest = migrations.map(({ name }) => name).filter((name) => name > "0020_label_history");
  expect(await askPrisma(half)).toEqual({
    found: { ...fine, history: { diagnostic: "databaseIsBehind", unappliedMigrationNames: rest } },
    appliedMigrationNames: rest,
  });
  expect(migrateToEnd(half)).toEqual([]);
  expect(contentsOf(half)).toEqual(contentsOf(ours));
});

test("a copy of before is kept, whole, and the newest three of such copies", () => {
  const file = openOld();
  const before = contentsOf(file);
  const [first] = migrateToEnd(file, upTo("0020_label_history"));
  const copy = `${file}.before-0020_label_history`;
  expect(first).toEqual({ did: "copied", to: copy, bytes: statSync(copy).size });
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(contentsOf(copy)).toEqual(before);

  for (const next of ["0021_decisions", "0022_models", "0024_outcomes"]) migrateToEnd(file, upTo(next));
  expect(copiesOf(file)).toEqual([
    "ops.db.before-0021_decisions",
    "ops.db.before-0022_models",
    "ops.db.before-0024_outcomes",
  ]);
});

test("what a copy that was killed has left is no trouble, and goes", () => {
  const file = openOld();
  for (const left of ["new", "new.partial", "new.partial-journal"]) {
    writeFileSync(`${file}.before-0020_label_history.${left}`, "half of a copy");
  }
  migrateToEnd(file);
  expect(copiesOf(file)).toEqual(["ops.db.before-0020_label_history"]);
});

test("without room for a copy nothing is changed, and nothing half is left", async () => {
  const file = openOld();
  const before = contentsOf(file);
  const env = { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` };
  const { code, stderr } = await runWithLittleRoom("scripts/db-migrate.ts", env).ended;
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `There is no room for a copy of the database in ${dirname(file)}: make room, then run this again.\n`,
  });
  expect(copiesOf(file)).toEqual([]);
  expect(contentsOf(file)).toEqual(before);
});

test("one that someone has open, idle, is left alone, and who that is is said where the machine tells", async () => {
  const file = openOld();
  const holder = await holdOpen(file, "Image");
  const who = process.platform === "linux" ? ` (process ${holder.pid})` : "";
  expect(() => migrateToEnd(file)).toThrow(
    new DatabaseNotReady(
      `The database at ${file} is in use${who}: stop web, workers, scripts and whatever else has it open, then run this again. Nothing was changed.`,
    ),
  );
  expect(copiesOf(file)).toEqual([]);
  holder.kill("SIGKILL");
  await holder.ended;
  expect(migrateToEnd(file).at(-1)).toEqual({ did: "applied", name: migrations.at(-1)?.name });
});

test("of two at once one migrates, and the other finds it current or in use", async () => {
  const file = openOld();
  const env = { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` };
  const ends = await Promise.all([1, 2].map(() => runProcess(["scripts/db-migrate.ts"], env).ended));
  const [winner, other] = ends.sort(
    (a, b) => Number(b.stderr.includes("Applied")) - Number(a.stderr.includes("Applied")),
  );
  expect(winner).toMatchObject({ code: 0, stderr: expect.stringContaining("Applied 0020_label_history") });
  expect(other?.stderr).toMatch(/^(The database is current\.|The database at \S+ is in use.*)\n$/);
  const { history } = contentsOf(file);
  expect(history?.map(({ name, isFinished }) => [name, isFinished])).toEqual(
    migrations.map(({ name }) => [name, true]),
  );
});

test("a clock that is set back meanwhile changes nothing, and no migration ends before it began", () => {
  const file = openOld();
  let now = Date.parse("2026-11-29T12:00:00Z");
  const clock = {
    now() {
      now -= 3_600_000;
      return new Date(now);
    },
  };
  migrateToEnd(file, migrations, clock);
  requireDatabase(`file:${file}`);
  const wrong = "SELECT count(*) FROM _prisma_migrations WHERE finished_at < started_at";
  expect(withDatabase(file, (database) => database.prepare(wrong).pluck().get())).toBe(0);
  expect(migrateToEnd(file)).toEqual([]);
});

test.each([
  ["a statement that fails", `CREATE TABLE "A" ("x"); INSERT INTO "Nowhere" VALUES (1)`, "no such table: Nowhere"],
  [
    "rows that lose their parent",
    `CREATE TABLE "A" ("x"); DELETE FROM "JobRun"`,
    "rows of LabelRun would name rows of JobRun that are not there",
  ],
])("%s takes its migration back, and those before it stay", (_, sql, why) => {
  const file = openOld();
  const next = made("9001_next", 'CREATE TABLE "B" ("x")');
  expect(() => migrateToEnd(file, [...migrations, next, made("9002_broken", sql)])).toThrow(
    new DatabaseNotReady(
      `Migration 9002_broken failed (${why}) and was taken back: the database is as it was before it.`,
    ),
  );
  const names = contentsOf(file).tables.map(({ name }) => name);
  expect([names.includes("A"), names.includes("B")]).toEqual([false, true]);
  const mended = [...migrations, next, made("9002_broken", 'CREATE TABLE "A" ("x")')];
  expect(migrateToEnd(file, mended)).toMatchObject([{ did: "copied" }, { did: "applied", name: "9002_broken" }]);
});

/** What Prisma's engine leaves when it is killed after so many statements of a migration. */
function interrupt(file: string, { name, sql, checksum }: Migration, statements: number) {
  withDatabase(file, (database) => {
    database
      .prepare(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ('i', ?, ?, '2026-11-28T12:00:00.000+00:00')",
      )
      .run(checksum, name);
    for (const statement of sql.split(";").slice(0, statements)) database.exec(statement);
  });
}

test("a migration that was interrupted by another engine before it did anything is done again", () => {
  const file = openOld();
  const next = migrations.find(({ name }) => name === "0021_decisions");
  if (!next) throw new Error("No such migration");
  migrateToEnd(file, upTo("0020_label_history"));
  interrupt(file, next, 0);
  expect(() => requireDatabase(`file:${file}`)).toThrow("lacks 0021_decisions");
  migrateToEnd(file);
  requireDatabase(`file:${file}`);
  const tries =
    "SELECT rolled_back_at IS NOT NULL FROM _prisma_migrations WHERE migration_name = '0021_decisions' ORDER BY rowid";
  expect(withDatabase(file, (database) => database.prepare(tries).pluck().all())).toEqual([1, 0]);
});

test.each([
  ["its first statement", made("9001_tables", 'CREATE TABLE "A" ("x"); CREATE TABLE "B" ("x");'), 1],
  ["what cannot be told from tables", made("9001_rows", `UPDATE "Image" SET "bytes" = 2; CREATE TABLE "A" ("x");`), 0],
])("one that did %s is not done again, and nothing is changed", (_, migration, statements) => {
  const file = openOld();
  migrateToEnd(file);
  interrupt(file, migration, statements);
  const before = contentsOf(file);
  expect(() => migrateToEnd(file, [...migrations, migration])).toThrow(
    `Migration ${migration.name} was interrupted after it had begun to change the database`,
  );
  expect(contentsOf(file)).toEqual(before);
});

test("a database of a newer version is refused, whatever else it lacks", () => {
  const file = openOld();
  migrateToEnd(file, [...upTo("0019_proposals_of_an_image"), made("9001_newer", 'CREATE TABLE "A" ("x")')]);
  const refusal = new DatabaseNotReady(
    `The database at ${file} was migrated by another version of Diffs Ops (9001_newer), which this one does not know: start that version.`,
  );
  expect(() => migrateToEnd(file)).toThrow(refusal);
  expect(() => requireDatabase(`file:${file}`)).toThrow(refusal);
});

test("a database of something else is refused", () => {
  const file = newFile();
  withDatabase(file, (database) => database.exec('CREATE TABLE "A" ("x")'));
  expect(() => migrateToEnd(file)).toThrow(`The file at ${file} is a database of something else`);
});

test("a migration that was edited after it was applied is named", () => {
  const file = newFile();
  migrateToEnd(file, [{ ...made("0001_a", 'CREATE TABLE "A" ("x")'), checksum: "before" }]);
  expect(migrateToEnd(file, [made("0001_a", 'CREATE TABLE "A" ("x", "y")'), made("0002_b", "")])).toMatchObject([
    { did: "changed", name: "0001_a" },
    { did: "copied" },
    { did: "applied", name: "0002_b" },
  ]);
});

test("one that was written again to the same effect is not, and what it tells of itself is read from the file", () => {
  const file = newFile();
  migrateToEnd(file, [{ ...made("0001_a", 'CREATE TABLE "A" ("x")'), checksum: "before" }]);
  const again = { ...made("0001_a", 'CREATE TABLE "A" ("x")'), formerly: ["before"] };
  expect(migrateToEnd(file, [again, made("0002_b", "")])).toMatchObject([
    { did: "copied" },
    { did: "applied", name: "0002_b" },
  ]);
  expect(migrations.filter(({ formerly = [] }) => formerly.length > 0)).toMatchObject([
    {
      name: "0020_label_history",
      formerly: ["84d8cbfb44ee4c7a3edd9bd1519283b81a733ef572c52adf03178178d9662da7"],
    },
  ]);
});
