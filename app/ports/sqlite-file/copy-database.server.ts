import { closeSync, existsSync, fstatSync, fsyncSync, linkSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { findHolders } from "./open-alone.server";
import { readDatabase } from "./read-database.server";

/**
 * Copies an open database, as it is at one moment, to a file that is not there yet, also while others write to it. The copy is
 * whole, checked and on the disk before it has its name; only this user may read it.
 * @param prepare what is done to the copy before it is checked
 * @returns its size in bytes
 * @throws DatabaseNotReady when the file is there already, the disk is full, or the database is damaged; nothing is left then
 */
export function copyDatabase(
  database: Database.Database,
  to: string,
  prepare: (copy: Database.Database) => void = () => {},
): number {
  const [partial] = growingFiles(to);
  removeLeft(to);
  let own: number | null = null;
  try {
    // SQLite writes into an empty file and leaves its mode as it is.
    own = openSync(partial, "wx", 0o600);
    database.prepare("VACUUM INTO ?").run(partial);
    readDatabase(partial, (copy) => {
      prepare(copy);
      requireSound(copy, "The database is damaged, says its copy");
    });
    placeFile(partial, to);
    requireOwn(own, to);
    return statSync(to).size;
  } catch (error) {
    throw explainWriting(error, to);
  } finally {
    if (own !== null) closeSync(own);
    removePartial(to);
  }
}

/** Where a copy grows before it has its name. What a copy that was killed has left there goes. */
export const growingFiles = (to: string): [copy: string, journal: string] => [`${to}.partial`, `${to}.partial-journal`];

/** What a copy that was killed has left; one that is being made is left alone, where the machine tells. */
function removeLeft(to: string): void {
  const [partial] = growingFiles(to);
  const holders = existsSync(partial) ? findHolders(partial) : [];
  if (holders.length > 0) {
    const who = holders.map((pid) => `process ${pid}`).join(", ");
    throw new DatabaseNotReady(`Another copy is being made to ${to} (${who}): choose another name, or wait.`);
  }
  removePartial(to);
}

function removePartial(to: string): void {
  for (const file of growingFiles(to)) rmSync(file, { force: true });
}

/** Where the machine does not tell, another copy to the same place takes ours for one that was killed, and its own is not whole yet. */
function requireOwn(own: number, to: string): void {
  if (fstatSync(own).ino === statSync(to).ino) return;
  rmSync(to);
  throw new DatabaseNotReady(`Another copy is being made to ${to}: choose another name, or wait.`);
}

/** @throws DatabaseNotReady unless SQLite finds all of a database in order */
export function requireSound(database: Database.Database, complaint: string): void {
  const found = database.pragma("integrity_check", { simple: true });
  if (found !== "ok") throw new DatabaseNotReady(`${complaint}: ${String(found)}.`);
}

/** Gives a closed file its name in the same file system, once it is on the disk, and takes no one else's place with it. */
export function placeFile(from: string, to: string): void {
  syncToDisk(from);
  // Unlike a rename, this fails where something is.
  linkSync(from, to);
  rmSync(from);
  // A folder cannot be opened on Windows.
  if (process.platform !== "win32") syncToDisk(dirname(to));
}

function syncToDisk(path: string): void {
  const opened = openSync(path, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** What went wrong with writing a copy, in a sentence where it can be told. */
export function explainWriting(error: unknown, to: string): unknown {
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
