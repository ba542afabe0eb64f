#!/usr/bin/env bash
# Prisma's schema engine as WASM (7.10.0-4) through @prisma/adapter-better-sqlite3 7.10.0: a history of migrations that creates one
# partial index cannot be read any more. `diff` fails with “column not found … should this be a string literal in single-quotes?”,
# though SQLite has made the index. The engine looks a partial index up by a name in double quotes, and better-sqlite3 is
# compiled with DQS=0, where double quotes are names of columns only. Applying the migration is no trouble, and an index of the
# whole table is found; so the first who notices is whoever writes the next migration.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts prisma@7.10.0 @prisma/adapter-better-sqlite3@7.10.0 \
  @prisma/driver-adapter-utils@7.10.0 better-sqlite3@12.11.1 \
  @prisma/schema-engine-wasm@7.10.0-4.0edf323efd1d98336f3f0a68684b56f689b900d3
npm rebuild --prefix "$work" --silent better-sqlite3 > /dev/null
cat > "$work/run.mjs" << 'CODE'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import Database from "better-sqlite3";

const path = new URL("./node_modules/@prisma/schema-engine-wasm/", import.meta.url);
const wasm = await import(new URL("schema_engine_bg.js", path));
const { instance } = await WebAssembly.instantiate(readFileSync(new URL("schema_engine_bg.wasm", path)), {
  "./schema_engine_bg.js": wasm,
});
wasm.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start?.();

const content = `datasource db {
  provider = "sqlite"
}

model Image {
  id     Int  @id
  goneAt Int?
}
`;
const schema = { path: "schema.prisma", content };

// One statement a migration: what the engine hands to the adapter for its shadow database may have no more.
async function diff(...statements) {
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: "file::memory:" }));
  const engine = await wasm.SchemaEngine.new({ datamodels: [[schema.path, content]] }, () => {}, adapter);
  const migrationDirectories = statements.map((value, n) => ({
    path: `000${n + 1}_step`,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value } },
  }));
  const lockfile = { path: "migration_lock.toml", content: 'provider = "sqlite"\n' };
  const answer = await engine.diff({
    from: { tag: "migrations", baseDir: "migrations", lockfile, shadowDbInitScript: "", migrationDirectories },
    to: { tag: "schemaDatamodel", files: [schema] },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return answer.stdout;
}

const db = new Database(":memory:");
const table = `CREATE TABLE "Image" ("id" INTEGER NOT NULL PRIMARY KEY, "goneAt" INTEGER)`;
const partial = `CREATE INDEX "listed" ON "Image" ("id") WHERE "goneAt" IS NULL`;
db.exec(`${table}; ${partial}`);
console.log("SQLite", db.prepare("SELECT sqlite_version() AS v").get().v, "takes the partial index");
assert.ok(db.pragma("compile_options", { simple: false }).some((row) => row.compile_options === "DQS=0"));

const whole = await diff(table, `CREATE INDEX "listed" ON "Image" ("goneAt")`);
console.log("an index of the whole table:", JSON.stringify(whole));
assert.match(whole, /DROP INDEX "listed"/);

const failure = await diff(table, partial).then(() => "none", (error) => error.message);
console.log("a partial index:", failure.split("\n").slice(0, 2).join(" "));
assert.match(failure, /Error describing the database\.\s+Error accessing result set, column not found: "listed"/);
CODE
(cd "$work" && node run.mjs)
