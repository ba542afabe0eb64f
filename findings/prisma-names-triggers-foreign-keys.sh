#!/usr/bin/env bash
# @prisma/adapter-better-sqlite3 7.10.0: what a trigger refuses by RAISE(ABORT, 'why') arrives as a DriverAdapterError of kind
# ForeignKeyConstraintViolation, from which Prisma's typed calls make “Foreign key constraint violated” (P2003). The sentence of the
# trigger stays in the cause's `originalMessage`, which those calls leave out; the table has no foreign key at all. Whoever
# guards a table by triggers (append-only logs, say) then looks for a missing row. A CHECK that fails beside it is not renamed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts @prisma/adapter-better-sqlite3@7.10.0 better-sqlite3@12.11.1
npm rebuild --prefix "$work" --silent better-sqlite3 > /dev/null
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";

const db = await new PrismaBetterSqlite3({ url: "file::memory:" }).connect();
await db.executeScript(`
  CREATE TABLE "Entry" ("id" INTEGER PRIMARY KEY, "text" TEXT NOT NULL CHECK ("text" <> ''));
  INSERT INTO "Entry" VALUES (1, 'signed in');
  CREATE TRIGGER "Entry_refuses_update" BEFORE UPDATE ON "Entry" WHEN NEW."text" <> ''
  BEGIN SELECT RAISE(ABORT, 'Entries cannot be changed.'); END;`);
const change = (text) =>
  db.executeRaw({ sql: `UPDATE "Entry" SET "text" = '${text}'`, args: [], argTypes: [] }).then(
    () => assert.fail("was changed"),
    (error) => error,
  );

const refused = await change("signed out");
console.log("a trigger's RAISE(ABORT):", refused.message, JSON.stringify(refused.cause));
assert.equal(refused.message, "ForeignKeyConstraintViolation");
assert.equal(refused.cause.kind, "ForeignKeyConstraintViolation");
assert.equal(refused.cause.originalCode, "SQLITE_CONSTRAINT_TRIGGER");
assert.equal(refused.cause.originalMessage, "Entries cannot be changed.");

const checked = await change("");
console.log("a CHECK:", checked.message, JSON.stringify(checked.cause));
assert.notEqual(checked.cause.kind, "ForeignKeyConstraintViolation");
CODE
(cd "$work" && node run.mjs)
