import { expect, test } from "vitest";
import { MODEL, openGroupActions } from "../../../../tests/support/world/group-world";
import { setReference } from "./set-reference.server";

const choose = (name: string) => ({ root: "Model", key: `${MODEL}${name}` });

test("swaps the reference for another image of the same extension, and back", async () => {
  const world = await openGroupActions();
  await world.fill({ "front_warm/reference.png": "former", "front_warm/a.png": "chosen", "front_warm/b.png": "other" });
  const before = await world.listing();
  const plan = await world.plan(setReference, choose("front_warm/a.png"));
  expect(plan).toMatchObject({
    title: "Make “a.png” the reference of “front_warm”",
    planned: 2,
    summary: {
      facts: [
        { label: "“reference.png” becomes", value: "“former-reference.png”" },
        { label: "Reference image afterwards", value: "“a.png”, as “reference.png”" },
      ],
    },
  });
  expect(plan.summary?.conflicts).toBeUndefined();
  expect(await world.apply(plan)).toMatchObject({ succeeded: 2 });
  expect(await world.texts()).toEqual({
    "front_warm/former-reference.png": "former",
    "front_warm/reference.png": "chosen",
    "front_warm/b.png": "other",
  });
  const undo = await world.planUndo(plan.id);
  expect(undo.summary?.conflicts).toBeUndefined();
  expect(await world.apply(undo)).toMatchObject({ succeeded: 2, skipped: 0 });
  expect(await world.listing()).toEqual(before);
});

test.each([
  {
    what: "every other candidate makes room, by free names",
    has: ["reference.png", "ref.png", "ref.webp", "former-reference.png", "a.PNG"],
    chosen: "a.PNG",
    gets: {
      "reference.png": "a.PNG",
      "former-reference.png": "former-reference.png",
      "former-reference-2.png": "ref.png",
      "former-reference-3.png": "reference.png",
      "former-reference.webp": "ref.webp",
    },
  },
  {
    what: "one of two candidates is chosen",
    has: ["reference.png", "ref.jpg"],
    chosen: "ref.jpg",
    gets: { "reference.jpg": "ref.jpg", "former-reference.png": "reference.png" },
  },
  {
    what: "the one that has the name already stays",
    has: ["reference.png", "ref.png"],
    chosen: "reference.png",
    gets: { "reference.png": "reference.png", "former-reference.png": "ref.png" },
  },
])("$what, and all comes back exactly", async ({ has, chosen, gets }) => {
  const world = await openGroupActions();
  await world.fill(Object.fromEntries(has.map((name) => [`front_warm/${name}`, name])));
  const before = await world.listing();
  const plan = await world.plan(setReference, choose(`front_warm/${chosen}`));
  expect(await world.apply(plan)).toMatchObject({ skipped: 0, failed: 0 });
  expect(await world.texts()).toEqual(
    Object.fromEntries(Object.entries(gets).map(([name, text]) => [`front_warm/${name}`, text])),
  );
  await world.apply(await world.planUndo(plan.id));
  expect(await world.listing()).toEqual(before);
});

test("an empty file with the reference's name makes room as well", async () => {
  const world = await openGroupActions();
  await world.fill({ "front_warm/reference.png": "", "front_warm/a.png": "chosen" });
  await world.apply(await world.plan(setReference, choose("front_warm/a.png")));
  expect(await world.texts()).toEqual({ "front_warm/reference.png": "chosen", "front_warm/former-reference.png": "" });
});

test.each([
  { name: "front_warm/reference.png", error: "“reference.png” is the reference image already." },
  { name: "front_warm/notes.txt", error: "“notes.txt” cannot be the reference: its name is not that of an image." },
  { name: "front_warm/empty.png", error: "“empty.png” cannot be the reference: it is empty." },
  { name: "front_warm/broken.png", error: "“broken.png” cannot be the reference: Its data is damaged." },
  {
    name: "front_warm/gone.png",
    error: "The object “references/01. Model/front_warm/gone.png” no longer exists. Audit Model.",
  },
  {
    name: "front_warm/deep/1.png",
    error: "“references/01. Model/front_warm/deep/1.png” is not directly in a group of Model.",
  },
  { name: "stray.png", error: "“references/01. Model/stray.png” is not directly in a group of Model." },
])("refuses $name", async ({ name, error }) => {
  const world = await openGroupActions();
  await world.fill({
    "front_warm/reference.png": "reference",
    "front_warm/notes.txt": "text",
    "front_warm/empty.png": "",
    "front_warm/broken.png": "broken",
    "front_warm/deep/1.png": "one",
    "stray.png": "stray",
  });
  const key = `${MODEL}front_warm/broken.png`;
  const { etag } = (await world.storage.head(key)) ?? { etag: "" };
  const at = new Date(1_700_000_000_000);
  const row = { key, etag, readEtag: etag, bytes: 6, kind: "reference", modifiedAt: at, createdAt: at };
  await world.db.image.create({ data: { ...row, unreadableClass: "undecodable", unreadable: "Its data is damaged." } });
  expect(await world.plan(setReference, choose(name))).toMatchObject({ status: "failed", error });
});
