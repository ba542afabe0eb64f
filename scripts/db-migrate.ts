/**
 * Brings the database up to date with prisma/migrations, offline; the history stays in _prisma_migrations, so
 * `prisma migrate deploy` agrees. With --create NAME it first writes the next migration: the difference between the migrations
 * so far and prisma/schema.prisma, as Prisma's own schema engine (WASM) finds it.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { systemClock } from "~/ports/clock.server";
import { loadEnv } from "~/ports/env.server";
import { fileOfDatabase } from "~/ports/sqlite-file/file-of-database";
import { migrateFile } from "~/ports/sqlite-file/migrate-file.server";
import { listMigrations, readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { diffSchema } from "./db-migrate/schema-engine";

const usage = `Usage: npm run db:migrate [-- --create NAME | --check]
Applies prisma/migrations to DATABASE_URL, while nothing else has the database open. A copy is made beside it first
(FILE.before-MIGRATION, the newest three are kept). An interrupted call is made good by the next one.

  --create NAME  first writes a migration for what changed in schema.prisma
  --check        applies nothing: prints what such a migration would hold, and exits with 1 if that is anything

Exit code: 0 the database is current, 1 it is not.`;

/** What the engine writes where nothing changed. */
const NO_CHANGES = "-- This is an empty migration.";

async function main() {
  const { values } = parseArgs({
    options: { create: { type: "string" }, check: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(usage);
  const { DATABASE_URL } = loadEnv();
  if (values.check) {
    const changes = await diffSchema();
    console.log(changes.trim());
    if (changes.trim() !== NO_CHANGES) process.exitCode = 1;
    return;
  }
  if (values.create) writeMigration(values.create, await diffSchema());
  migrate(fileOfDatabase(DATABASE_URL));
}

function writeMigration(name: string, changes: string): void {
  const last = Number(listMigrations().at(-1)?.slice(0, 4) ?? 0);
  const path = `prisma/migrations/${String(last + 1).padStart(4, "0")}_${name}`;
  mkdirSync(path);
  writeFileSync(`${path}/migration.sql`, changes);
  console.error(`Wrote ${path}/migration.sql`);
}

function migrate(file: string): void {
  const applied: string[] = [];
  try {
    for (const step of migrateFile(file, readMigrations(), systemClock)) {
      if (step.did === "applied") applied.push(step.name);
      if (step.did === "closed")
        console.error("Other users of this machine could read the database; now only you can.");
      if (step.did === "copied") console.error(`Copied the database to ${step.to}`);
      if (step.did === "changed") console.error(`${step.name} was edited after it was applied here`);
    }
    if (applied.length === 0) console.error("The database is current.");
  } finally {
    if (applied.length > 0) console.error(`Applied ${applied.join(", ")}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
