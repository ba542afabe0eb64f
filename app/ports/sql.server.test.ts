import { expect, test } from "vitest";
import { openTestDb } from "../../tests/support/db";
import { contains, json, jsonList, jsonObject, rowId, rowsFrom, sql, valuesOf } from "./sql.server";

const people = [
  { name: "Mina", age: 31, isAway: true, note: null },
  { name: "O'Brien", age: 4, isAway: false, note: "100 %_\\" },
];
const columns = { name: "text", age: "integer", isAway: "boolean", note: "text" } as const;

test("rows travel as one parameter and keep their order and types", async () => {
  const db = await openTestDb();
  expect(
    await db.$queryRaw`
      SELECT p."position", p."name", p."age", p."isAway", p."note" IS NULL AS "isBare" FROM ${rowsFrom(people, columns)} p
       WHERE p."age" > 3 ORDER BY p."position"`,
  ).toEqual([
    { position: 0n, name: "Mina", age: 31n, isAway: 1n, isBare: 1n },
    { position: 1n, name: "O'Brien", age: 4n, isAway: 0n, isBare: 0n },
  ]);
  expect(await db.$queryRaw`SELECT 1 FROM ${rowsFrom([], {})}`).toEqual([]);
});

test("a list of values stands behind IN, an empty one too", async () => {
  const db = await openTestDb();
  const find = (ids: number[]) => db.$queryRaw`
    SELECT "name" FROM ${rowsFrom(people, columns)} WHERE "age" IN ${valuesOf(ids)}`;
  expect(await find([4, 5])).toEqual([{ name: "O'Brien" }]);
  expect(await find([])).toEqual([]);
  expect(await db.$queryRaw`SELECT 1 AS "is" WHERE 'b' IN ${valuesOf(["a", "b"])}`).toHaveLength(1);
});

test("many rows come back as one JSON text, in the order asked for", async () => {
  const db = await openTestDb();
  const person = jsonObject({ name: sql`"name"`, tags: json(sql`'[1]'`) });
  const [row] = await db.$queryRaw<{ all: string }[]>`
    SELECT ${jsonList(person, sql`"age"`)} AS "all" FROM ${rowsFrom(people, columns)}`;
  expect(JSON.parse(row?.all ?? "")).toEqual([
    { name: "O'Brien", tags: [1] },
    { name: "Mina", tags: [1] },
  ]);
});

test.each([
  ["%", ["O'Brien"]],
  ["0 %_", ["O'Brien"]],
  ["\\", ["O'Brien"]],
  ["_1", []],
  ["", ["O'Brien"]],
])("a text is looked for as it is: %j", async (text, names) => {
  const db = await openTestDb();
  const found = await db.$queryRaw<{ name: string }[]>`
    SELECT "name" FROM ${rowsFrom(people, columns)} WHERE ${contains(sql`"note"`, text)}`;
  expect(found.map(({ name }) => name)).toEqual(names);
});

test("a row is found again by its own name", async () => {
  const db = await openTestDb();
  await db.owner.createMany({
    data: ["a", "b", "c"].map((id) => ({ id, name: id, createdAt: new Date(0) })),
  });
  await db.$executeRaw`
    DELETE FROM "Owner" WHERE ${rowId} IN (SELECT ${rowId} FROM "Owner" WHERE "id" > 'a' ORDER BY "id" LIMIT 1)`;
  expect((await db.owner.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id)).toEqual(["a", "c"]);
});
