import { readFileSync } from "node:fs";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { bindMigrationAwareSqlAdapterFactory, type SqlQuery } from "@prisma/driver-adapter-utils";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";

type Engine = {
  diff(input: unknown): Promise<{ stdout: string }>;
  applyMigrations(input: unknown): Promise<{ appliedMigrationNames: string[] }>;
  diagnoseMigrationHistory(input: unknown): Promise<object>;
};

// Tables that Prisma does not know (FTS5 with its shadow tables) are named here, or the next diff drops them.
const shadows = ["", "_data", "_idx", "_docsize", "_config"];
const fullText = [
  ...shadows.map((shadow) => `ImageText${shadow}`),
  ...shadows.map((shadow) => `OwnerText${shadow}`),
  "OwnerText_content",
  "OwnerNumber",
  "ImageTerm",
];
const filters = { externalTables: fullText, externalEnums: [] };

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

const readSchema = () => readFileSync("prisma/schema.prisma", "utf8");

/** Prisma's own engine, without its downloads. It keeps a file that it has opened locked until the process ends. */
async function openEngine(url: string): Promise<Engine> {
  const folder = new URL("../../node_modules/@prisma/schema-engine-wasm/", import.meta.url);
  const glue = await import(new URL("schema_engine_bg.js", folder).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(new URL("schema_engine_bg.wasm", folder)), {
    "./schema_engine_bg.js": glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  const adapters = bindMigrationAwareSqlAdapterFactory(new MigrationAdapters({ url }));
  return glue.SchemaEngine.new({ datamodels: [["schema.prisma", readSchema()]] }, () => {}, adapters);
}

const migrationsList = () => ({
  baseDir: "prisma/migrations",
  lockfile: { path: "migration_lock.toml", content: readFileSync("prisma/migrations/migration_lock.toml", "utf8") },
  shadowDbInitScript: "",
  migrationDirectories: readMigrations().map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
  })),
});

/** The SQL from what the migrations make to what schema.prisma says. */
export async function diffSchema(): Promise<string> {
  const engine = await openEngine(":memory:");
  const { stdout } = await engine.diff({
    from: { tag: "migrations", ...migrationsList() },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: readSchema() }] },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters,
  });
  return stdout;
}

/** What `prisma migrate deploy` would apply to a database, and what `prisma migrate status` finds odd about its history. */
export async function askPrisma(url: string) {
  const engine = await openEngine(url);
  const found = await engine.diagnoseMigrationHistory({
    migrationsList: migrationsList(),
    optInToShadowDatabase: true,
    filters,
  });
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(), filters });
  return { found, appliedMigrationNames };
}
