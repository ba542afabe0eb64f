import { raw, type Sql, sqltag } from "@prisma/client/runtime/client";

// Where SQL differs from one database to the next: fragments for `$queryRaw` and `$executeRaw`, here in SQLite's dialect.
// The rest of a query is what SQLite and PostgreSQL both understand. Times are epoch milliseconds that the caller's clock
// gives: SQL itself is never asked what time it is.

export type { Sql };

/** A piece of a query, to be put into another one. */
export const sql = sqltag;

type ColumnType<Value> = Value extends string ? "text" : Value extends number ? "integer" : "boolean";

/** Which properties of a row a query reads, each with its type: `{ key: "text", bytes: "integer" }`. */
type Columns<Row> = { [Name in keyof Row & string]?: ColumnType<NonNullable<Row[Name]>> };

/**
 * Rows to select from, which all travel as one JSON parameter; `position` is a row's place among them, from 0:
 * `SELECT o."key" FROM ${rowsFrom(objects, { key: "text" })} o`. `undefined` and null are NULL.
 */
export function rowsFrom<Row extends object>(rows: readonly Row[], columns: Columns<Row>): Sql {
  const values = Object.entries(columns).map(([name, type]) => {
    const value = `"value"->>'${name}'`;
    return `, ${type === "integer" ? `CAST(${value} AS INTEGER)` : value} AS "${name}"`;
  });
  return sql`(SELECT "key" AS "position"${raw(values.join(""))} FROM json_each(${JSON.stringify(rows)}))`;
}

/** A list for IN, as one parameter however long it is: `"id" IN ${valuesOf(ids)}`. */
export const valuesOf = (values: readonly (string | number)[]): Sql => valuesOfJson(JSON.stringify(values));

/** The same of a list that the database itself wrote as JSON (`jsonList`). */
export const valuesOfJson = (list: string): Sql => sql`(SELECT "value" FROM json_each(${list}))`;

/** The elements of a column that holds a JSON array, to select from as `value`, also beside the table that has the column. */
export const elementsOf = (list: Sql): Sql => sql`json_each(${list})`;

/** The ids of a list to select from, each with its `position` among them, from 0: `FROM ${idsInOrder(ids)} p CROSS JOIN …`. */
export const idsInOrder = (ids: readonly number[]): Sql =>
  sql`(SELECT "key" AS "position", "value" AS "id" FROM json_each(${JSON.stringify(ids)}))`;

/** The values of all rows of a group as a JSON array, ordered where `order` says by what: `order` = sql`"id" DESC`. */
export const jsonList = (value: Sql, order?: Sql): Sql =>
  order ? sql`json_group_array(${value} ORDER BY ${order})` : sql`json_group_array(${value})`;

/** The texts of all rows of a group, a line each, in the order in which a subquery gives them. */
export const linesOf = (text: Sql): Sql => sql`string_agg(${text}, ${"\n"})`;

/** A JSON object of columns: `jsonObject({ id: sql`"id"` })`. A value that is JSON itself must come from `json`. */
export function jsonObject(values: Record<string, Sql>): Sql {
  const pairs = Object.entries(values);
  const texts = pairs.map(([name], index) => `${index === 0 ? "json_object(" : ", "}'${name}', `);
  return sqltag([...texts, ")"], ...pairs.map(([, value]) => value));
}

/** A JSON array of values of one row. */
export const jsonArray = (values: readonly Sql[]): Sql =>
  values.length === 0 ? sql`json_array()` : sqltag(["json_array(", ...values.slice(1).map(() => ", "), ")"], ...values);

/** A column that holds JSON, for use within other JSON. */
export const json = (column: Sql): Sql => sql`json(${column})`;

/** The database's own name of a row, the quickest way to find again what a subquery found: `"JobItem"` → its row. */
export const rowId = raw("rowid");

/**
 * True where a column contains this text, as it is: `%` and `_` stand for themselves. ASCII letters match in any case. No text
 * of ours has a NUL, and LIKE would end there and match all.
 */
export const contains = (column: Sql, text: string): Sql =>
  text.includes("\0") ? sql`1 = 0` : sql`${column} LIKE ${`%${text.replace(/[\\%_]/g, "\\$&")}%`} ESCAPE '\\'`;

/** What follows the last “/” of a path. Of `i."key"` it is an index's expression (Image_fileName_idx), so write it just so. */
export const fileNameOf = (path: Sql): Sql =>
  sql`substr(${path}, length(rtrim(${path}, replace(${path}, '/', ''))) + 1)`;

/** What stands before the first “/” of a path; '' where it has none. */
export const folderOf = (path: Sql): Sql => sql`substr(${path}, 1, instr(${path}, '/') - 1)`;

const joined = (conditions: readonly Sql[], word: "AND" | "OR", none: Sql): Sql =>
  conditions.length === 0 ? none : sqltag(["(", ...conditions.slice(1).map(() => ` ${word} `), ")"], ...conditions);

/** True where each of them is; of none, always. */
export const allOf = (conditions: readonly Sql[]): Sql => joined(conditions, "AND", sql`1 = 1`);

/** True where one of them is; of none, never. */
export const anyOf = (conditions: readonly Sql[]): Sql => joined(conditions, "OR", sql`1 = 0`);

/** The first of some values that is not NULL; of none, NULL. */
export const firstOf = (values: readonly Sql[]): Sql =>
  sqltag(["coalesce(NULL, ", ...values.slice(1).map(() => ", "), ")"], ...(values.length > 0 ? values : [sql`NULL`]));

/** A list for IN: the row ids of a full-text table's rows that match a question of FTS5 (see `toMatchQuery`). */
export const rowsMatching = (table: string, match: string): Sql =>
  sql`(SELECT "rowid" FROM ${raw(`"${table}"`)} WHERE ${raw(`"${table}"`)} MATCH ${match})`;

/** Has a table walked in the order of its ids, or found by them, and by no index: `FROM "Image" i ${alongIds} WHERE …`. */
export const alongIds = raw("NOT INDEXED");

/** Has a table walked along this index, for planners guess badly what a filter leaves: `FROM "Image" i ${alongIndex(name)}`. */
export const alongIndex = (name: string): Sql => raw(`INDEXED BY "${name}"`);
