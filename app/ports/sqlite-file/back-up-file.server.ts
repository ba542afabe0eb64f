import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { copyDatabase } from "./copy-database.server";
import { finishedIn, readHistory } from "./history.server";
import { readDatabase } from "./read-database.server";

/** `schema`: the last migration that it has seen, of whatever version. */
export type BackedUp = { bytes: number; schema: string | null };

/** What SQLite keeps beside a database: a file there would be taken for a part of it. */
export const besideDatabase = (file: string) => ["-wal", "-shm", "-journal"].map((suffix) => `${file}${suffix}`);

/**
 * Backs a database up, whatever version migrated it and whoever works with it.
 * @param to a file that is not there yet; see `copyDatabase`
 * @throws DatabaseNotReady with a sentence
 */
export function backUpFile(file: string, to: string): BackedUp {
  if (!existsSync(file)) throw new DatabaseNotReady(`There is no database at ${file}: DATABASE_URL names it.`);
  if (existsSync(to)) {
    throw new DatabaseNotReady(`There is a file at ${to} already: a backup never takes the place of another file.`);
  }
  if (besideDatabase(resolve(file)).includes(resolve(to))) {
    throw new DatabaseNotReady(`SQLite would take ${to} for a part of the database: choose another name.`);
  }
  return readDatabase(file, (database) => {
    const history = readHistory(database);
    if (!history) throw new DatabaseNotReady(notOurs(file));
    return { bytes: copyDatabase(database, to), schema: finishedIn(history).at(-1) ?? null };
  });
}

export const notOurs = (file: string) =>
  `The file at ${file} is no database of Diffs Ops: it has no history of our migrations.`;
