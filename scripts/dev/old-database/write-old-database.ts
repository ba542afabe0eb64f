import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { addAudits, addImages } from "./add-bucket";
import { addFindings } from "./add-findings";
import { addLabeling } from "./add-labeling";
import { addMoves } from "./add-moves";
import { addPeople } from "./add-people";
import { addRuns } from "./add-runs";
import { type Insert, inserter } from "./insert";
import { listImages } from "./old-images";

/** The migrations that there were at commit a8614b7. */
const MIGRATIONS = ["0001_init", "0002_attribute_groups"];

/** The database that tests upgrade. */
export const FIXTURE = { file: "tests/upgrade/a8614b7.sql", images: 76 };

/** As Prisma's engine, which applied them then, makes it. */
const HISTORY = `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Writes a database as the build of commit a8614b7 left it, when its worker died: a row of every kind, and runs in every state. What
 * its columns hold is what that build wrote on its own sample data. The same count gives the same rows, byte for byte.
 */
export function writeOldDatabase(file: string, count: number): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = OFF");
  database.pragma("foreign_keys = OFF");
  database.transaction(() => {
    const insert = inserter(database);
    addSchema(database, insert);
    const images = listImages(count);
    addImages(insert, images);
    addAudits(insert, images);
    addFindings(insert);
    addRuns(insert, images);
    addMoves(insert, images);
    addLabeling(insert, images);
    addPeople(insert);
  })();
  const orphans = database.pragma("foreign_key_check");
  database.close();
  if (Array.isArray(orphans) && orphans.length > 0) throw new Error(`Orphans: ${JSON.stringify(orphans[0])}`);
}

function addSchema(database: Database.Database, insert: Insert): void {
  database.exec(HISTORY);
  readMigrations()
    .filter(({ name }) => MIGRATIONS.includes(name))
    .forEach(({ name, sql, checksum }, n) => {
      database.exec(sql);
      insert("_prisma_migrations", {
        id: `462757b0-9daa-4de5-89ae-795c809aa76${n}`,
        checksum,
        migration_name: name,
        started_at: `2026-11-10T09:00:0${n}.100+00:00`,
        finished_at: `2026-11-10T09:00:0${n}.200+00:00`,
        applied_steps_count: 1,
      });
    });
}
