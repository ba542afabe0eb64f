import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openTestDb } from "../../tests/support/db";
import { DatabaseNotReady } from "./database-not-ready";
import { requireDatabase } from "./require-database.server";
import { openAlone } from "./sqlite-file/open-alone.server";

test("a migrated database is ready, also while it is in use", async () => {
  const { file } = await openTestDb();
  requireDatabase(`file:${file}`);
});

test("one that lacks a migration, or saw it fail, is not", async () => {
  const db = await openTestDb();
  await db.$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0001_init'`;
  expect(() => requireDatabase(`file:${db.file}`)).toThrow(
    new DatabaseNotReady(`The database at ${db.file} lacks 0001_init: run npm run db:migrate.`),
  );
});

test("one that is being migrated is to be waited for", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "diffs-ops-alone-")), "ops.db");
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  const migrating = openAlone(file);
  onTestFinished(() => void migrating.close());
  expect(() => requireDatabase(`file:${file}`)).toThrow(
    new DatabaseNotReady(`The database at ${file} is being migrated: start this again once that is done.`),
  );
});

test("a file that is no database is named", async () => {
  const { file } = await openTestDb();
  const text = `${file}.txt`;
  writeFileSync(text, "not a database, but long enough to be taken for one by its size".repeat(20));
  expect(() => requireDatabase(`file:${text}`)).toThrow(
    `The database at ${text} cannot be read (SQLITE_NOTADB: file is not a database).`,
  );
});
