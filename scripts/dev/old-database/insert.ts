import type Database from "better-sqlite3";

type Value = string | number | null;
export type Row = Record<string, Value>;
export type Insert = (table: string, row: Row) => void;

/** A name of a table or column in a statement. */
export const quoted = (name: string) => `"${name}"`;

/** Writes rows of any table, columns by their names; what a row does not name takes the column's default. */
export function inserter(database: Database.Database): Insert {
  const statements = new Map<string, Database.Statement<Row>>();
  return (table, row) => {
    const names = Object.keys(row);
    const key = `${table} ${names.join(" ")}`;
    const known = statements.get(key);
    if (known) return void known.run(row);
    const columns = names.map(quoted).join(", ");
    const values = names.map((name) => `@${name}`).join(", ");
    const statement = database.prepare<Row>(`INSERT INTO ${quoted(table)} (${columns}) VALUES (${values})`);
    statements.set(key, statement);
    statement.run(row);
  };
}
