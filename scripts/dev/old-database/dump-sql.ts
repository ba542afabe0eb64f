import Database from "better-sqlite3";
import { quoted } from "./insert";

/** A database as SQL text that makes it again: tables and indexes as they are declared, then the rows, a line each. */
export function dumpSql(file: string): string {
  const database = new Database(file, { readonly: true });
  try {
    const objects = database
      .prepare<[], { type: string; name: string; sql: string }>(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
      )
      .all();
    const tables = objects.filter(({ type }) => type === "table").map(({ name }) => name);
    return [
      "PRAGMA foreign_keys = OFF;",
      "BEGIN;",
      ...objects.map(({ sql }) => `${sql};`),
      ...tables.flatMap((table) => dumpRows(database, table)),
      "COMMIT;",
      "",
    ].join("\n");
  } finally {
    database.close();
  }
}

function dumpRows(database: Database.Database, table: string): string[] {
  const columns = database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table);
  // A line break within a text would be one of the file, which Git may write in its own way.
  const values = columns
    .map((name) => `replace(quote(${quoted(name)}), char(10), '''||char(10)||''')`)
    .join(" || ',' || ");
  return database
    .prepare<[], string>(`SELECT ${values} FROM ${quoted(table)} ORDER BY rowid`)
    .pluck()
    .all()
    .map((row) => `INSERT INTO ${quoted(table)} VALUES(${row});`);
}
