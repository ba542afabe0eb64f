import { existsSync, readdirSync } from "node:fs";
import Database from "better-sqlite3";

const MIGRATIONS = new URL("../../prisma/migrations/", import.meta.url);
const howTo = "run npm run db:migrate";

/** Why a process does not start on its database, in one sentence with what to do. */
export class DatabaseNotReady extends Error {
  override name = "DatabaseNotReady";
}

/**
 * Before anything opens the database: opening makes the file where there is none, and what then fails fails late and often.
 * @param url file:PATH
 * @throws DatabaseNotReady unless the file is there and every committed migration was applied to it
 */
export function requireDatabase(url: string): void {
  const file = url.replace(/^file:/, "");
  if (!existsSync(file)) throw new DatabaseNotReady(`There is no database at ${file}: ${howTo}.`);
  const missing = findMissingMigrations(file);
  if (missing.length > 0) {
    throw new DatabaseNotReady(`The database at ${file} lacks ${missing.join(", ")}: ${howTo}.`);
  }
}

/**
 * The committed migrations that a database file has not seen whole.
 * @throws DatabaseNotReady when it cannot be read
 */
export function findMissingMigrations(file: string): string[] {
  const committed = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const applied = readAppliedMigrations(file);
  return committed.map(({ name }) => name).filter((name) => !applied.has(name));
}

function readAppliedMigrations(file: string): Set<unknown> {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const hasHistory = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
    if (!hasHistory) return new Set();
    const applied =
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";
    return new Set(database.prepare(applied).pluck().all());
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    throw new DatabaseNotReady(`The database at ${file} cannot be read (${error.code}: ${error.message}).`, {
      cause: error,
    });
  } finally {
    database?.close();
  }
}
