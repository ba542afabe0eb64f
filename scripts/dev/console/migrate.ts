import { systemClock } from "~/ports/clock.server";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { migrateFile } from "~/ports/sqlite-file/migrate-file.server";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { Refusal } from "./ports";

/**
 * Brings the database up to date. A current one is left alone, so that one in use by another process is no trouble.
 * @throws Refusal with the sentence that says why it could not be
 */
export function migrate(file: string): void {
  try {
    for (const _ of migrateFile(file, readMigrations(), systemClock));
  } catch (error) {
    throw error instanceof DatabaseNotReady ? new Refusal(error.message) : error;
  }
}
