import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { DatabaseNotReady } from "./database-not-ready";
import { finishedIn, readHistory } from "./sqlite-file/history.server";
import { explainSchema, listMigrations } from "./sqlite-file/migration-files.server";
import { cannotBeRead } from "./sqlite-file/open-alone.server";

/**
 * Before anything opens the database: opening makes the file where there is none, and what then fails fails late and often.
 * @param url file:PATH
 * @throws DatabaseNotReady unless the file is there and has seen the migrations of this build, all of them and no other
 */
export function requireDatabase(url: string): void {
  const file = url.replace(/^file:/, "");
  if (!existsSync(file)) throw new DatabaseNotReady(`There is no database at ${file}: run npm run db:migrate.`);
  const refusal = explainSchema(file, listMigrations(), readApplied(file));
  if (refusal !== null) throw new DatabaseNotReady(refusal);
}

/** @throws DatabaseNotReady when it cannot be read */
function readApplied(file: string): string[] {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 1_000 });
    return finishedIn(readHistory(database));
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (!error.code.startsWith("SQLITE_BUSY")) throw cannotBeRead(file, error);
    throw new DatabaseNotReady(`The database at ${file} is being migrated: start this again once that is done.`, {
      cause: error,
    });
  } finally {
    database?.close();
  }
}
