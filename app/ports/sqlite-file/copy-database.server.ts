import { closeSync, fsyncSync, linkSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { DatabaseNotReady } from "~/ports/database-not-ready";

/**
 * Copies an open database, as it is at one moment, to a file that is not there yet, also while others write to it. The copy is
 * whole, checked and on the disk before it has its name; only this user may read it.
 * @returns its size in bytes
 * @throws DatabaseNotReady when the file is there already, the disk is full, or the database is damaged; nothing is left then
 */
export function copyDatabase(database: Database.Database, to: string): number {
  const partial = `${to}.partial`;
  removePartial(partial);
  try {
    // SQLite writes into an empty file and leaves its mode as it is.
    closeSync(openSync(partial, "wx", 0o600));
    database.prepare("VACUUM INTO ?").run(partial);
    requireSound(partial);
    syncToDisk(partial);
    // Unlike a rename, this takes no one else's place.
    linkSync(partial, to);
    rmSync(partial);
    // A folder cannot be opened on Windows.
    if (process.platform !== "win32") syncToDisk(dirname(to));
    return statSync(to).size;
  } catch (error) {
    throw explain(error, to);
  } finally {
    removePartial(partial);
  }
}

/** A copy that was killed has left a journal, too. */
function removePartial(partial: string): void {
  for (const file of [partial, `${partial}-journal`]) rmSync(file, { force: true });
}

/** @throws DatabaseNotReady unless SQLite finds all of a database in order */
function requireSound(file: string): void {
  const copy = new Database(file, { readonly: true });
  try {
    const found = copy.pragma("integrity_check", { simple: true });
    if (found !== "ok") throw new DatabaseNotReady(`The database is damaged, says its copy: ${String(found)}.`);
  } finally {
    copy.close();
  }
}

function syncToDisk(path: string): void {
  const opened = openSync(path, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function explain(error: unknown, to: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const say = (sentence: string) => new DatabaseNotReady(sentence, { cause: error });
  if (code === "EEXIST") return say(`There is a file at ${to} already.`);
  if (/SQLITE_FULL|SQLITE_IOERR_WRITE|ENOSPC|EDQUOT/.test(code)) {
    return say(`There is no room for a copy of the database in ${dirname(to)}: make room, then run this again.`);
  }
  if (/EACCES|EPERM|EROFS|ENOENT|SQLITE_CANTOPEN/.test(code)) {
    return say(`A copy of the database cannot be written to ${to} (${code}).`);
  }
  if (/SQLITE_CORRUPT|SQLITE_NOTADB/.test(code)) return say("The database is damaged, so it cannot be copied.");
  return error;
}
