import type Database from "better-sqlite3";

/** How many rows each table has, by its name; tables of SQLite's own and those behind a search index are left out. */
export type RowCounts = Record<string, number>;

export function countRows(database: Database.Database): RowCounts {
  const names = database
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .pluck()
    .all();
  return Object.fromEntries(names.map((name) => [name, countOf(database, name)]));
}

const countOf = (database: Database.Database, table: string) =>
  Number(database.prepare(`SELECT count(*) FROM [${table}]`).pluck().get());
