import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";
import type { Migration } from "./migration-files.server";

/** As Prisma's schema engine makes it, so that `prisma migrate deploy` goes on from here. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

export type Applied = { name: string; checksum: string; isFinished: boolean };

/** The migrations that a database has seen, in the order in which it saw them; null where it has no such history. */
export function readHistory(database: Database.Database): Applied[] | null {
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'").get()) return null;
  return database
    .prepare<[], { name: string; checksum: string; finishedAt: unknown }>(`
      SELECT migration_name AS name, checksum, finished_at AS finishedAt
        FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY rowid`)
    .all()
    .map(({ name, checksum, finishedAt }) => ({ name, checksum, isFinished: finishedAt !== null }));
}

/** The names of those that it has seen whole. */
export const finishedIn = (history: readonly Applied[] | null): string[] =>
  (history ?? []).filter(({ isFinished }) => isFinished).map(({ name }) => name);

/**
 * Writes that a migration was applied, in the transaction that applied it. An earlier try that was interrupted counts as
 * taken back from here on, as after `prisma migrate resolve --rolled-back`.
 */
export function recordApplied(
  database: Database.Database,
  { name, checksum }: Migration,
  { startedAt, finishedAt }: { startedAt: Date; finishedAt: Date },
): void {
  database.exec(TABLE);
  database
    .prepare("UPDATE _prisma_migrations SET rolled_back_at = ? WHERE migration_name = ? AND finished_at IS NULL")
    .run(inPrismasWords(startedAt), name);
  database
    .prepare(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
      VALUES (?, ?, ?, ?, ?, 1)`)
    .run(randomUUID(), checksum, inPrismasWords(finishedAt), name, inPrismasWords(startedAt));
}

const inPrismasWords = (date: Date) => date.toISOString().replace("Z", "+00:00");
