import { expect, test } from "vitest";
import { fillImageText } from "~/features/images/text/image-text.sql.server";
import { openTestDb } from "../../../tests/support/db";
import { rankByWords } from "./rank-by-words.sql.server";

const now = new Date("2026-11-29T12:00:00Z");
const clock = { now: () => now };
const schema = { roots: [], attributes: { tone: { values: ["warm", "cool"] } } };

async function open(keys: readonly string[]) {
  const db = await openTestDb();
  await db.owner.create({ data: { id: "jun", name: "Jun Park", createdAt: now } });
  await db.image.createMany({
    data: keys.map((key, at) => ({
      id: at + 1,
      key,
      etag: "e",
      bytes: 1,
      kind: at === 0 ? "reference" : "generated",
      ownerId: at === 1 ? "jun" : null,
      modifiedAt: now,
      createdAt: new Date(now.getTime() + at * 1_000),
    })),
  });
  await fillImageText({ db }, new AbortController().signal);
  return db;
}

const keys = [
  "a/red scarf snow.png",
  "a/red scarf.png",
  "a/red hat.png",
  "a/red boots.png",
  "a/blue scarf.png",
  "a/서울 등대.png",
  "a/Straße im Schnee.png",
];

const rank = async (text: string, query = {}, limit = 10) => {
  const db = await open(keys);
  return (await rankByWords({ db, clock }, { text, query, schema, limit })).map(({ id, words }) => [
    id,
    words.join(" "),
  ]);
};

test("what has all words comes first, then what has the rarer ones", async () => {
  expect(await rank("red scarf snow")).toEqual([
    [1, "red scarf snow"],
    [2, "red scarf"],
    [5, "scarf"],
    [4, "red"],
    [3, "red"],
  ]);
});

test("a sentence finds by the words that there are", async () => {
  expect((await rank("a woman with a scarf in the snow"))[0]).toEqual([1, "a scarf snow"]);
});

test("filters hold for each", async () => {
  expect(await rank("red scarf", { kind: ["generated"] })).toEqual([
    [2, "red scarf"],
    [5, "scarf"],
    [4, "red"],
    [3, "red"],
  ]);
});

test("no more than were asked for", async () => {
  expect(await rank("red scarf", {}, 3)).toHaveLength(3);
});

test("owners and labels are words, too", async () => {
  const db = await open(keys);
  const label = { etag: "e", source: "person", acceptedBy: "operator:1", acceptedAt: now, attribute: "tone" };
  await db.label.create({ data: { ...label, imageId: 4, value: "warm" } });
  const found = await rankByWords({ db, clock }, { text: "warm boots jun", query: {}, schema, limit: 10 });
  expect(found).toEqual([
    { id: 4, words: ["warm", "boots"], share: expect.closeTo(2 / 3, 9) },
    { id: 2, words: ["jun"], share: expect.closeTo(1 / 3, 9) },
  ]);
});

test.each([
  ["Korean", "등대 밤", [[6, "등대"]]],
  ["German", "Schnee Berg", [[7, "Schnee"]]],
  [
    "one letter",
    "s",
    [
      [7, "s"],
      [5, "s"],
      [2, "s"],
      [1, "s"],
    ],
  ],
  ["signs that no image has", "🙂 🙃", []],
  ["nothing but separators", " / - ", []],
  [
    "500 words",
    `${"nowhere ".repeat(499)}scarf`,
    [
      [5, "scarf"],
      [2, "scarf"],
      [1, "scarf"],
    ],
  ],
])("%s", async (_, text, expected) => {
  expect(await rank(text)).toEqual(expected);
});
