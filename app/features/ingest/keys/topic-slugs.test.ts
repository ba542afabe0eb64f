import { expect, onTestFinished, test } from "vitest";
import { createDb, type Db } from "~/ports/db.server";
import { openTestDb } from "../../../../tests/support/db";
import { proposeSlugs } from "./propose-slugs.server";
import { findSlugs, rememberSlugs } from "./topic-slugs.sql.server";

const at = new Date("2026-11-20T10:00:00Z");
const remember = (db: Db, topics: string[], ownerId = "default") =>
  db.$write(async (tx) => [...(await rememberSlugs(tx, ownerId, topics, at)).values()]);
const long = (last: string) => `${"wort-".repeat(11)}${last}`;

test.each<[what: string, had: string[], topics: string[], slugs: string[]]>([
  ["none", [], [], []],
  ["different ones", [], ["Cats", "Dogs"], ["cats", "dogs"]],
  ["one twice, however it is typed", [], ["Füße", " Fu\u0308ße ", "Füße"], ["fuesse", "fuesse", "fuesse"]],
  ["three that want the same", [], ["A B", "a-b", "a_b"], ["a-b", "a-b-2", "a-b-3"]],
  ["a second one later", ["A B"], ["a-b", "A B"], ["a-b-2", "a-b"]],
  ["a number that another topic has by its name", ["A B 2", "A B"], ["a-b"], ["a-b-3"]],
  ["a name that another topic has by its number", ["A B", "a-b"], ["A B 2"], ["a-b-2-2"]],
  ["neighbors that only begin alike", ["a b c", "ab", "a-b2"], ["a b"], ["a-b"]],
  ["no letters", [], ["😀", "😀"], ["topic-f0443a34", "topic-f0443a34"]],
  ["branding", ["Topic branding"], ["Branding"], ["topic-branding-2"]],
  ["an empty one", [], [""], ["topic-e3b0c442"]],
  [
    "long ones, shortened for their number",
    [long("abcde"), long("fghijk")],
    [long("abcdef"), long("lmnop")],
    ["wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-wort-2", long("lmnop")],
  ],
  ["letters without a word's end", ["x".repeat(60)], ["x".repeat(70)], [`${"x".repeat(58)}-2`]],
  [
    "ten that want the same of 60 letters",
    Array.from({ length: 9 }, (_, n) => "x".repeat(60 + n)),
    ["x".repeat(69)],
    [`${"x".repeat(57)}-10`],
  ],
])("topics are given slugs: %s", async (_what, had, topics, slugs) => {
  const db = await openTestDb();
  for (const topic of had) await remember(db, [topic]);
  const proposed = proposeSlugs(await findSlugs(db, "default", topics), topics);
  expect(topics.map((topic) => proposed.get(topic))).toEqual(slugs);
  expect(await db.topic.count()).toBe(had.length);
  const given = await db.$write((tx) => rememberSlugs(tx, "default", topics, at));
  expect(topics.map((topic) => given.get(topic))).toEqual(slugs);
  expect([...given.values()].every((slug) => slug.length <= 60)).toBe(true);
});

test("a topic keeps its slug, whoever asks again and whatever came since; each owner has topics of its own", async () => {
  const db = await openTestDb();
  expect(await remember(db, ["a-b", "A B"])).toEqual(["a-b", "a-b-2"]);
  expect(await remember(db, ["A B", "a_b", "a-b"])).toEqual(["a-b-2", "a-b-3", "a-b"]);
  expect(await remember(db, ["A B"], "mina")).toEqual(["a-b"]);
  expect(await db.topic.findMany({ where: { ownerId: "mina" } })).toEqual([
    { ownerId: "mina", topic: "A B", slug: "a-b", createdAt: at },
  ]);
});

test("what is found is by topic, and reading gives none", async () => {
  const db = await openTestDb();
  await remember(db, ["Cats"]);
  const known = await findSlugs(db, "default", ["Cats", "Dogs"]);
  expect(known.get("Cats")).toBe("cats");
  expect(known.has("Dogs")).toBe(false);
  expect(proposeSlugs(known, ["Dogs", "cats"])).toEqual(
    new Map([
      ["Dogs", "dogs"],
      ["cats", "cats-2"],
    ]),
  );
  expect(await db.topic.count()).toBe(1);
});

test("of writers at once, none gives what another gave, and all are told the same", async () => {
  const db = await openTestDb();
  const other = await createDb(`file:${db.file}`);
  onTestFinished(() => other.$disconnect());
  const topics = ["A B", "a-b", "a b", "A-B"];
  const shifted = (by: number) => topics.map((_, n) => topics[(n + by) % topics.length] ?? "");
  const answers = await Promise.all(
    [0, 1, 2, 3, 0, 1, 2, 3].map((by, n) => {
      const own = shifted(by);
      return (n % 2 === 0 ? db : other).$write(async (tx) => {
        const slugs = await rememberSlugs(tx, "default", own, at);
        return Object.fromEntries(slugs);
      });
    }),
  );
  const kept = await db.topic.findMany();
  expect(kept.map(({ slug }) => slug).sort()).toEqual(["a-b", "a-b-2", "a-b-3", "a-b-4"]);
  const byTopic = Object.fromEntries(kept.map(({ topic, slug }) => [topic, slug]));
  expect(answers).toEqual(answers.map(() => byTopic));
});

test("topics whose names only begin like one that is looked for are not read", async () => {
  const db = await openTestDb();
  await remember(db, ["Portrait of 7", "Portrait of 8", "Portrait 2", "Portrait 2026 in Seoul", "Portraits"]);
  await remember(db, ["Portrait"], "mina");
  expect(await findSlugs(db, "default", ["Portrait", "Portrait of  7"])).toEqual(
    new Map([
      ["Portrait of 7", "portrait-of-7"],
      ["Portrait 2", "portrait-2"],
      ["Portrait 2026 in Seoul", "portrait-2026-in-seoul"],
    ]),
  );
});
