import Database from "better-sqlite3";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { cannotBeRead } from "./open-alone.server";

/**
 * Opens a database file that is there, to read it, and closes it again; others may work with it meanwhile.
 * @throws DatabaseNotReady when it cannot be read, or is being migrated
 */
export function readDatabase<Value>(file: string, work: (database: Database.Database) => Value): Value {
  let database: Database.Database | undefined;
  try {
    // Not read-only: such a connection may not remove the log when it is the last one, and leaves it beside the file.
    database = new Database(file, { fileMustExist: true, timeout: 1_000 });
    return work(database);
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
