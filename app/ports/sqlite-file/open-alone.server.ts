import { readdirSync, readlinkSync } from "node:fs";
import Database from "better-sqlite3";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { realPath } from "./real-path.server";

/** For whoever closes it just now; someone who works with it stays longer. */
const WAIT_MS = 1_000;

/**
 * Opens a database file for this process alone, until it is closed: a process that has the file open, idle ones too, holds a
 * lock on it, and whoever opens it meanwhile finds it locked.
 * @throws DatabaseNotReady when someone has it open
 */
export function openAlone(file: string): Database.Database {
  const database = new Database(file, { timeout: WAIT_MS });
  try {
    // Before anything is read: from then on SQLite keeps the log's index in this process, and locks the whole file.
    database.pragma("locking_mode = EXCLUSIVE");
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    return database;
  } catch (error) {
    database.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    if (!error.code.startsWith("SQLITE_BUSY")) throw cannotBeRead(file, error);
    const holders = findHolders(file);
    const who = holders.length > 0 ? ` (${holders.map((pid) => `process ${pid}`).join(", ")})` : "";
    throw new DatabaseNotReady(
      `The database at ${file} is in use${who}: stop web, workers, scripts and whatever else has it open, then run this again. Nothing was changed.`,
      { cause: error },
    );
  }
}

export const cannotBeRead = (file: string, error: { code: string; message: string }) =>
  new DatabaseNotReady(`The database at ${file} cannot be read (${error.code}: ${error.message}).`, { cause: error });

/** Who has a file open, one that was deleted since too, where the machine tells (Linux, of processes that this one may see). */
export function findHolders(file: string): number[] {
  if (process.platform !== "linux") return [];
  const orNone = <Value>(read: () => Value[]): Value[] => {
    try {
      return read();
    } catch {
      return [];
    }
  };
  const path = realPath(file);
  const hasOpen = (pid: number) =>
    orNone(() => readdirSync(`/proc/${pid}/fd`)).some((fd) =>
      orNone(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]).some(
        (open) => open === path || open === `${path} (deleted)`,
      ),
    );
  const pids = orNone(() => readdirSync("/proc")).map(Number);
  return pids.filter((pid) => pid > 0 && pid !== process.pid && hasOpen(pid));
}
