import { existsSync } from "node:fs";
import { DatabaseNotReady } from "./database-not-ready";
import { fileOfDatabase } from "./sqlite-file/file-of-database";
import { finishedIn, readHistory } from "./sqlite-file/history.server";
import { explainSchema, listMigrations } from "./sqlite-file/migration-files.server";
import { readDatabase } from "./sqlite-file/read-database.server";

/**
 * Before anything opens the database: opening makes the file where there is none, and what then fails fails late and often.
 * @param url file:PATH
 * @throws DatabaseNotReady unless the file is there and has seen the migrations of this build, all of them and no other
 */
export function requireDatabase(url: string): void {
  const file = fileOfDatabase(url);
  if (!existsSync(file)) throw new DatabaseNotReady(`There is no database at ${file}: run npm run db:migrate.`);
  const applied = readDatabase(file, (database) => finishedIn(readHistory(database)));
  const refusal = explainSchema(file, listMigrations(), applied);
  if (refusal !== null) throw new DatabaseNotReady(refusal);
}
