/**
 * Applies the committed migrations with Prisma's own schema engine as WASM, offline; the history stays in
 * _prisma_migrations, so `prisma migrate deploy` agrees. With --create NAME it first writes the next migration: the
 * difference between the migrations so far and prisma/schema.prisma.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { bindMigrationAwareSqlAdapterFactory, type SqlQuery } from "@prisma/driver-adapter-utils";
import { loadEnv } from "~/ports/env.server";

const usage = `Usage: npm run db:migrate [-- --create NAME | --check]
Applies prisma/migrations to DATABASE_URL. --create NAME first writes a migration for what changed in schema.prisma.
--check applies nothing: it prints what such a migration would hold, and exits 1 if that is anything.`;

type MigrationFile = { path: string; migrationFile: { path: string; content: { tag: "ok"; value: string } } };
type Engine = {
  diff(input: unknown): Promise<{ stdout: string }>;
  applyMigrations(input: unknown): Promise<{ appliedMigrationNames: string[] }>;
};

// Tables that Prisma does not know (FTS5 with its shadow tables) are named here, or the next diff drops them.
const shadows = ["", "_data", "_idx", "_docsize", "_config"];
const fullText = [
  ...shadows.map((shadow) => `ImageText${shadow}`),
  ...shadows.map((shadow) => `OwnerText${shadow}`),
  "OwnerText_content",
  "ImageTerm",
];
const filters = { externalTables: fullText, externalEnums: [] };

/** What the engine writes where nothing changed. */
const NO_CHANGES = "-- This is an empty migration.";

/** The engine replays whole files on its shadow database with executeRaw, which takes one statement only. */
class MigrationAdapters extends PrismaBetterSqlite3 {
  override async connectToShadowDb() {
    const shadow = await super.connectToShadowDb();
    const executeRaw = shadow.executeRaw.bind(shadow);
    shadow.executeRaw = async (query: SqlQuery) => {
      try {
        return await executeRaw(query);
      } catch (error) {
        if (!/more than one statement/.test(JSON.stringify([String(error), error]))) throw error;
        await shadow.executeScript(query.sql);
        return 0;
      }
    };
    return shadow;
  }
}

async function openEngine(url: string, schema: string): Promise<Engine> {
  const folder = new URL("../node_modules/@prisma/schema-engine-wasm/", import.meta.url);
  const glue = await import(new URL("schema_engine_bg.js", folder).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(new URL("schema_engine_bg.wasm", folder)), {
    "./schema_engine_bg.js": glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  const adapters = bindMigrationAwareSqlAdapterFactory(new MigrationAdapters({ url }));
  return glue.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => {}, adapters);
}

function readMigrations(folder: string): MigrationFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((path) => {
      const value = readFileSync(join(folder, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
    });
}

async function main() {
  const { values } = parseArgs({
    options: { create: { type: "string" }, check: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(usage);
  const { DATABASE_URL } = loadEnv();
  mkdirSync(dirname(DATABASE_URL.replace(/^file:/, "")), { recursive: true });
  const folder = "prisma/migrations";
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const engine = await openEngine(DATABASE_URL, schema);
  const migrationsList = () => ({
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(folder, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: readMigrations(folder),
  });
  const findChanges = () =>
    engine.diff({
      from: { tag: "migrations", ...migrationsList() },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters,
    });
  if (values.check) {
    const { stdout } = await findChanges();
    console.log(stdout.trim());
    if (stdout.trim() !== NO_CHANGES) process.exitCode = 1;
    return;
  }
  if (values.create) {
    const { stdout } = await findChanges();
    const number = String(readMigrations(folder).length + 1).padStart(4, "0");
    const path = join(folder, `${number}_${values.create}`);
    mkdirSync(path);
    writeFileSync(join(path, "migration.sql"), stdout);
    console.error(`Wrote ${path}/migration.sql`);
  }
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(), filters });
  console.error(
    appliedMigrationNames.length ? `Applied ${appliedMigrationNames.join(", ")}` : "The database is current.",
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
