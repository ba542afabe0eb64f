import Database from "better-sqlite3";
import { quoted } from "./insert";

/** Columns that a migration has called otherwise since. */
const RENAMED: Record<string, Record<string, string>> = { ModelCall: { rawResponse: "answer" } };

/** Of one table: rows of before that are not there as they were, rows that came, and columns that are no more. */
export type Losses = { table: string; changed: number; added: number; dropped: string[] };

/**
 * Holds a database against what it was before its migrations, by every column that there was.
 * @returns the tables in which anything is different
 */
export function findLosses(before: string, after: string): Losses[] {
  const database = new Database(after, { readonly: true });
  try {
    database.prepare("ATTACH ? AS old").run(before);
    return tablesOf(database, "old")
      .map((table) => compare(database, table))
      .filter(({ changed, added, dropped }) => changed > 0 || added > 0 || dropped.length > 0);
  } finally {
    database.close();
  }
}

function compare(database: Database.Database, table: string): Losses {
  const known = columnsOf(database, "main", table);
  const before = columnsOf(database, "old", table);
  const nameNow = (name: string) => RENAMED[table]?.[name] ?? name;
  const kept = before.filter((name) => known.includes(nameNow(name)));
  const read = (schema: string, names: string[]) =>
    `SELECT ${names.map(quoted).join(", ")} FROM ${schema}.${quoted(table)}`;
  const rows = (sql: string) => database.prepare<[], number>(`SELECT count(*) FROM (${sql})`).pluck().get() ?? 0;
  const [old, now] = [read("old", kept), read("main", kept.map(nameNow))];
  return {
    table,
    changed: known.length === 0 ? rows(old) : rows(`${old} EXCEPT ${now}`),
    added: known.length === 0 ? 0 : rows(now) - rows(old),
    dropped: before.filter((name) => !kept.includes(name)),
  };
}

const tablesOf = (database: Database.Database, schema: string) =>
  database
    .prepare<[], string>(
      `SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all();

const columnsOf = (database: Database.Database, schema: string, table: string) =>
  database.prepare<[string, string], string>("SELECT name FROM pragma_table_info(?, ?)").pluck().all(table, schema);
