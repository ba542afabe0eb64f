import { existsSync } from "node:fs";
import type Database from "better-sqlite3";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { copyDatabase, growingFiles } from "./copy-database.server";
import { countRows, type RowCounts } from "./count-rows.server";
import { finishedIn, readHistory } from "./history.server";
import { readDatabase } from "./read-database.server";
import { realPath } from "./real-path.server";

/** `schema`: the last migration that it has seen, of whatever version. `rows`: those of each table that it has. */
export type BackedUp = { bytes: number; schema: string | null; rows: RowCounts };

/**
 * What a backup is without. Everyone is signed out by a restore, so that sessions and the nonces of sign-ins would only be there for a
 * thief; counts of requests, which name addresses, are over within minutes.
 */
const LEFT_OUT = ["Session", "SignInNonce", "RequestCount"];

/** What SQLite keeps beside a database: a file there would be taken for a part of it. */
export const besideDatabase = (file: string) => ["-wal", "-shm", "-journal"].map((suffix) => `${file}${suffix}`);

/**
 * Backs a database up, whatever version migrated it and whoever works with it, without what LEFT_OUT names.
 * @param to a file that is not there yet; see `copyDatabase`
 * @throws DatabaseNotReady with a sentence
 */
export function backUpFile(file: string, to: string): BackedUp {
  if (!existsSync(file)) throw new DatabaseNotReady(`There is no database at ${file}: DATABASE_URL names it.`);
  if (existsSync(to)) {
    throw new DatabaseNotReady(`There is a file at ${to} already: a backup never takes the place of another file.`);
  }
  requireApart(file, to);
  return readDatabase(file, (database) => {
    const history = readHistory(database);
    if (!history) throw new DatabaseNotReady(notOurs(file));
    let rows: RowCounts = {};
    const bytes = copyDatabase(database, to, (copy) => {
      leaveOut(copy);
      rows = countRows(copy);
    });
    return { bytes, schema: finishedIn(history).at(-1) ?? null, rows };
  });
}

function leaveOut(copy: Database.Database): void {
  // Else what was deleted could still be read in the file's free pages.
  copy.pragma("secure_delete = ON");
  const tables = Object.keys(countRows(copy)).filter((name) => LEFT_OUT.includes(name));
  copy.exec(tables.map((name) => `DELETE FROM [${name}];`).join(""));
}

/** Neither database nor backup may come to lie on what belongs to the other, by whatever path each is named. */
function requireApart(file: string, to: string): void {
  const database = realPath(file);
  const ours = [database, ...besideDatabase(database)];
  if (ours.includes(realPath(to))) {
    throw new DatabaseNotReady(`SQLite would take ${to} for a part of the database: choose another name.`);
  }
  if (growingFiles(realPath(to)).some((path) => ours.includes(path))) {
    throw new DatabaseNotReady(`A backup to ${to} would grow in a file of the database: choose another name.`);
  }
  const left = besideDatabase(to).filter((path) => existsSync(path));
  if (left.length === 0) return;
  throw new DatabaseNotReady(
    `SQLite would take ${left.join(", ")} for a part of the backup: choose another name, or move that away.`,
  );
}

export const notOurs = (file: string) =>
  `The file at ${file} is no database of Diffs Ops: it has no history of our migrations.`;
