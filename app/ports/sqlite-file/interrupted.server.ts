import Database from "better-sqlite3";
import type { Migration } from "./migration-files.server";

/**
 * Whether a migration that was begun and not finished left anything behind. Ours are whole or not at all; Prisma's own engine
 * goes statement by statement. Unchanged tables prove nothing where a migration begins by changing rows.
 * @param finished those that the database has seen whole, in its order
 */
export function hasEffects(database: Database.Database, finished: readonly Migration[], begun: Migration): boolean {
  if (!beginsWithSchema(begun.sql)) return true;
  const expected = new Database(":memory:");
  try {
    expected.pragma("foreign_keys = OFF");
    for (const { sql } of finished) expected.exec(sql);
    return schemaOf(expected) !== schemaOf(database);
  } finally {
    expected.close();
  }
}

const beginsWithSchema = (sql: string) =>
  /^(CREATE|ALTER|DROP)\b/i.test(
    sql
      .replace(/--.*$/gm, "")
      .replace(/\bPRAGMA [^;]*;/gi, "")
      .trim(),
  );

const schemaOf = (database: Database.Database) =>
  JSON.stringify(
    database
      .prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE tbl_name <> '_prisma_migrations' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`)
      .all(),
  );
