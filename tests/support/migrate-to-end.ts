import { systemClock } from "~/ports/clock.server";
import { type Migrated, migrateFile } from "~/ports/sqlite-file/migrate-file.server";
import { type Migration, readMigrations } from "~/ports/sqlite-file/migration-files.server";

/** Applies migrations to a file, all of this build's unless told, and says what was done. */
export const migrateToEnd = (
  file: string,
  migrations: readonly Migration[] = readMigrations(),
  clock = systemClock,
): Migrated[] => Array.from(migrateFile(file, migrations, clock));
