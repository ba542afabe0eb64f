import { existsSync } from "node:fs";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { copyDatabase, growingFiles } from "./copy-database.server";
import { finishedIn, readHistory } from "./history.server";
import { readDatabase } from "./read-database.server";
import { realPath } from "./real-path.server";

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
  requireApart(file, to);
  return readDatabase(file, (database) => {
    const history = readHistory(database);
    if (!history) throw new DatabaseNotReady(notOurs(file));
    return { bytes: copyDatabase(database, to), schema: finishedIn(history).at(-1) ?? null };
  });
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
