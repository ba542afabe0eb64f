import { expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import { findByOldName } from "./find-by-old-name.sql.server";

const long = `uploads/${"é".repeat(506)}.png`;
const keys = {
  one: "generated/u-1/2026/11/a.png",
  two: "generated/u-2/2026/11/a.png",
  odd: 'uploads/u-3/2026/11/서울 100%_“<b>\u202e".png',
  composed: "uploads/caf\u00e9.png",
  apart: "uploads/cafe\u0301.png",
  long,
  moved: "references/01. Model/front_warm/b.png",
  gone: "uploads/gone.png",
  lost: "uploads/lost.png",
  found: "elsewhere/lost.png",
};

/** Images at these keys; `moved` lay elsewhere before, `gone` and `lost` are gone, and `found` has the bytes of `lost`. */
async function openStudio() {
  const db = await openTestDb();
  const at = new Date(0);
  const etags: Record<string, string> = { lost: "same", found: "same" };
  await db.image.createMany({
    data: Object.entries(keys).map(([name, key]) => ({
      key: name === "moved" ? "references/01. Model/front_cool/c.png" : key,
      etag: etags[name] ?? name,
      bytes: 1,
      kind: "upload",
      modifiedAt: at,
      createdAt: at,
      goneAt: name === "gone" || name === "lost" ? at : null,
    })),
  });
  await db.image.update({ where: { key: "references/01. Model/front_cool/c.png" }, data: { key: keys.moved } });
  const { id } = await db.image.findUniqueOrThrow({ where: { key: keys.odd } });
  const record = { id: "g-1", prompt: "", references: "[]", record: "{}", hash: "", createdAt: at };
  await db.generation.create({ data: { ...record, imageId: id, told: "/srv/out/0001.png" } });
  return db;
}

test.each<[string, (keyof typeof keys)[]]>([
  [keys.one, ["one"]],
  [`/${keys.one}`, ["one"]],
  [encodeURIComponent(keys.odd), ["odd"]],
  [keys.odd, ["odd"]],
  [keys.long, ["long"]],
  ["references/01. Model/front_cool/c.png", ["moved"]],
  ["/srv/agent/out/u-2/2026/11/a.png", ["two"]],
  ["C:\\out\\a.png", ["one", "two"]],
  ["a.png", ["one", "two"]],
  ["srv/out/0001.png", []],
  ["/srv/out/0001.png", ["odd"]],
  ["%2Fsrv%2Fout%2F0001.png", ["odd"]],
  ["A.png", []],
  ["c.png", []],
  ["b.png", ["moved"]],
  ["_.png", []],
  ["%.png", []],
  ["caf\u00e9.png", ["apart", "composed"]],
  [keys.gone, ["gone"]],
  ["gone.png", ["gone"]],
  [keys.lost, ["found"]],
  ["lost.png", ["found"]],
  ["uploads/", []],
  ["/", []],
  ["", []],
])("%j means %j", async (name, expected) => {
  const db = await openStudio();
  const named = Object.fromEntries(Object.entries(keys).map(([short, key]) => [key, short]));
  expect((await findByOldName({ db }, name)).map(({ key }) => named[key])).toEqual(expected);
});

test("an image that moved on and on, and back, is found by each key that it had; what lies there now comes first", async () => {
  const db = await openStudio();
  const move = (from: string, to: string) => db.image.update({ where: { key: from }, data: { key: to } });
  const find = async (name: string) => (await findByOldName({ db }, name)).map(({ key }) => key);
  await move(keys.one, "x/1.png");
  await move("x/1.png", "x/2.png");
  await move("x/2.png", "x/1.png");
  expect(await Promise.all([keys.one, "x/2.png", "x/1.png"].map(find))).toEqual([
    ["x/1.png"],
    ["x/1.png"],
    ["x/1.png"],
  ]);
  await move(keys.two, keys.one);
  expect(await find(keys.one)).toEqual([keys.one]);
  expect(await find(keys.two)).toEqual([keys.one]);
});
