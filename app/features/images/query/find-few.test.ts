import { expect, test } from "vitest";
import { z } from "zod";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import { rowsFrom, type Sql, sql, valuesOf } from "~/ports/sql.server";
import { openTestDb } from "../../../../tests/support/db";
import { sourcesBesideText, sourcesOf } from "./find-few.sql.server";

const now = new Date("2026-11-29T12:00:00Z");
const known = { now, roots: [], attributes: { tone: { values: ["warm", "cool"] } } };
const found = z.array(z.object({ id: z.coerce.number() }));

/** Images with these ids, and what stands in their keys. */
async function open(images: { id: number; name?: string }[]) {
  const db = await openTestDb();
  await db.$executeRaw`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "modifiedAt", "createdAt")
    SELECT "id", coalesce("name", 'image') || '/' || "id" || '.png', 'e', 1, 'upload', 0, 0
      FROM ${rowsFrom(images, { id: "integer", name: "text" })}`;
  const idsOf = async (ids: Sql | undefined) =>
    found
      .parse(await db.$queryRaw`SELECT "id" FROM (${ids ?? sql`SELECT 0 AS "id"`}) ORDER BY "id"`)
      .map(({ id }) => id);
  return { db, idsOf };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

test.each([
  ["from the first id on", numbers(1, 2_100)],
  ["within one block", numbers(1, 3)],
  ["with a block that has no image", [...numbers(1, 1_023), ...numbers(2_048, 2_050)]],
])("images without a label are found at the ends of blocks of ids and between, %s", async (_which, ids) => {
  const { db, idsOf } = await open(ids.map((id) => ({ id })));
  const unlabeled = () =>
    idsOf(sourcesBesideText({ labelSource: [{ attribute: "tone", source: "none" }] }, known)[0]?.ids);
  expect(await unlabeled()).toEqual(ids);

  const without = [1, 2, 1_023, 1_024, 2_047, 2_048, 2_100].filter((id) => ids.includes(id));
  const label = (attribute: string, imageIds: number[]) => db.$executeRaw`
    INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt")
    SELECT "value", ${attribute}, 'warm', 'e', 'person', 'operator:1', 0 FROM ${valuesOf(imageIds)}`;
  await label("angle", ids);
  await label(
    "tone",
    ids.filter((id) => !without.includes(id)),
  );
  expect(await unlabeled()).toEqual(without);

  const [missing, ...rest] = without;
  await label("tone", rest);
  expect(await unlabeled()).toEqual([missing]);
  const gone = ids.at(-1) ?? 0;
  const former = { value: "warm", etag: "e", source: "person", acceptedBy: "operator:1", acceptedAt: now };
  const kept = { ...former, imageId: gone, attribute: "tone", rev: 1, endedAt: now, endedBy: "operator:1" };
  await db.labelHistory.create({ data: kept });
  await db.label.delete({ where: { imageId_attribute: { imageId: gone, attribute: "tone" } } });
  expect(await unlabeled()).toEqual([missing, gone]);
});

test("the beginning of a word is found however many words begin so, and a word that nothing has at once", async () => {
  const names = numbers(1, 40).map((id) => ({ id, name: `part${String(id).padStart(2, "0")} kitten` }));
  const { db, idsOf } = await open([...names, { id: 41, name: "kit 서울" }, { id: 42, name: "cat" }]);
  await fillImageText({ db }, new AbortController().signal);
  const find = async (text: string) => {
    const [source] = (await sourcesOf(db, { text }, known)) ?? [];
    return source ? { ids: await idsOf(source.ids), isQuick: source.isQuick } : null;
  };
  expect(await find("part")).toEqual({ ids: numbers(1, 40), isQuick: false });
  expect(await find("part0")).toEqual({ ids: numbers(1, 9), isQuick: true });
  expect(await find("kit")).toEqual({ ids: numbers(1, 41), isQuick: true });
  expect(await find("kitt part1")).toEqual({ ids: numbers(10, 19), isQuick: true });
  expect(await find("kit 서울")).toEqual({ ids: [41], isQuick: true });
  expect(await find("kitchen")).toBeNull();
  expect(await find("cat part")).toEqual({ ids: [], isQuick: false });
});

test("a word that a former key had is found no more", async () => {
  const { db, idsOf } = await open([
    { id: 1, name: "meadow" },
    { id: 2, name: "meadow" },
  ]);
  const fill = () => fillImageText({ db }, new AbortController().signal);
  await fill();
  await db.image.update({ where: { id: 1 }, data: { key: "harbor/1.png" } });
  await fill();
  expect(await idsOf((await sourcesOf(db, { text: "mead" }, known))?.[0]?.ids)).toEqual([2]);
  await db.image.update({ where: { id: 2 }, data: { key: "harbor/2.png" } });
  await fill();
  expect(await sourcesOf(db, { text: "mead" }, known)).toBeNull();
  expect(await idsOf((await sourcesOf(db, { text: "harb" }, known))?.[0]?.ids)).toEqual([1, 2]);
});
