import { expect, test } from "vitest";
import { countUses } from "~/features/generations/uses/uses.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { openTestDb } from "../../../../tests/support/db";
import { generationFilter } from "./generation-filter";
import {
  countGenerations,
  exportGenerations,
  listGenerations,
  readPlace,
  toPlace,
} from "./list-generations.sql.server";

const now = new Date("2026-12-01T00:00:00Z");
const day = (n: number) => new Date(now.getTime() - n * 24 * 60 * 60 * 1_000);
const warm = "references/01. Model/front_warm/reference.png";

/** Three generations with pictures, one refused; two of them used the reference of front_warm, which was renamed since. */
async function openHistory() {
  const db = await openTestDb();
  const { roots } = await loadLabelSchema();
  const owners = [
    { id: "u-1", name: "Mina Sato" },
    { id: "u-2", name: "Jun" },
  ];
  await db.owner.createMany({ data: owners.map((owner) => ({ ...owner, createdAt: day(90) })) });
  await db.owner.create({ data: { id: "u-0", name: "Old", mergedIntoId: "u-2", createdAt: day(90) } });
  const image = { etag: "e", bytes: 1, modifiedAt: day(90), createdAt: day(90) };
  await db.image.createMany({
    data: [
      { ...image, id: 1, key: "references/01. Model/front_cool/reference.png", kind: "reference" },
      { ...image, id: 2, key: "generated/u-1/a.png", kind: "generated", ownerId: "u-1", thumbnailEtag: "e" },
      { ...image, id: 3, key: "generated/u-1/b.png", kind: "generated", ownerId: "u-1" },
      { ...image, id: 4, key: "generated/c.png", kind: "generated", goneAt: day(1) },
    ],
  });
  const add = (
    id: string,
    days: number,
    data: object,
    references: { imageId?: number; key: string; etag?: string }[],
  ) =>
    db.generation.create({
      data: {
        ...{ id, prompt: "", record: "{}", hash: id, createdAt: day(days), ...data },
        references: { create: references.map((one, at) => ({ ...one, position: at + 1, createdAt: day(days) })) },
      },
    });
  const refused = { finishReason: "IMAGE_SAFETY", record: '{"owner":"u-0","more":{}}' };
  const drawn = JSON.stringify({ more: { runId: 7, usd: 0.04, size: "1K" } });
  await add("g-1", 40, { imageId: 2, prompt: "a warm portrait", mode: "tone", model: "m-1" }, [
    { imageId: 1, key: warm, etag: "e" },
    { imageId: 1, key: warm, etag: "e" },
  ]);
  await add("studio-7-ab-1", 3, { imageId: 3, prompt: "A Warm cat", mode: "tone", model: "m-2", record: drawn }, [
    { imageId: 1, key: warm, etag: "e" },
    { key: "/tmp/lost.png" },
  ]);
  await add("g-3", 2, { prompt: "100% sure", mode: "tone+angle", model: "m-2", ...refused }, []);
  await add("g-4", 1, { imageId: 4, prompt: "따뜻한 인물", model: "m-2", record: drawn }, []);
  const filterOf = (address: string) => generationFilter.parse(new URLSearchParams(address), now);
  return { db, roots, ask: (address: string) => ({ filter: filterOf(address), roots }) };
}

test("the newest first, with owner, picture, references, and run and dollars of those that the console drew", async () => {
  const { db, ask } = await openHistory();
  expect(await listGenerations(db, ask(""), { after: null })).toMatchObject([
    { id: "g-4", owner: null, image: { id: 4, isGone: true }, runId: null, usd: null },
    { id: "g-3", owner: { id: "u-2", name: "Jun" }, image: null, finishReason: "IMAGE_SAFETY" },
    { id: "studio-7-ab-1", owner: { id: "u-1", name: "Mina Sato" }, references: 2, runId: 7, usd: 0.04 },
    { id: "g-1", image: { id: 2, key: "generated/u-1/a.png", hasThumbnail: true, isGone: false }, references: 2 },
  ]);
});

test.each([
  ["owner=u-1", ["studio-7-ab-1", "g-1"]],
  ["owner=u-2", ["g-3"]],
  ["owner=none", ["g-4"]],
  ["mode=tone", ["studio-7-ab-1", "g-1"]],
  ["mode=none", ["g-4"]],
  ["model=m-2&mode=tone", ["studio-7-ab-1"]],
  ["finish=IMAGE_SAFETY", ["g-3"]],
  ["reference=1", ["studio-7-ab-1", "g-1"]],
  ["reference=1&since=30d", ["studio-7-ab-1"]],
  ["reference=1&key=/tmp/lost.png", ["studio-7-ab-1"]],
  ["reference=9", []],
  [`key=${warm}`, ["studio-7-ab-1", "g-1"]],
  ["root=Model", ["studio-7-ab-1", "g-1"]],
  ["root=Model&group=front_warm", ["studio-7-ab-1", "g-1"]],
  ["root=Model&group=front_cool", ["studio-7-ab-1", "g-1"]],
  ["root=Model&group=front", []],
  ["text=warm", ["studio-7-ab-1", "g-1"]],
  ["text=CAT warm", ["studio-7-ab-1"]],
  ["text=0%", ["g-3"]],
  ["text=따뜻", ["g-4"]],
  [`text=${"warm ".repeat(500)}`, ["studio-7-ab-1", "g-1"]],
  ["text=🙂", []],
  ["owner=%20", ["g-4", "g-3", "studio-7-ab-1", "g-1"]],
])("%s keeps %j, counts them and exports them", async (address, ids) => {
  const { db, ask } = await openHistory();
  const asked = ask(address);
  expect((await listGenerations(db, asked, { after: null })).map(({ id }) => id)).toEqual(ids);
  expect((await countGenerations(db, asked)).total).toBe(ids.length);
  const exported = [];
  for await (const page of exportGenerations(db, asked)) exported.push(...page);
  expect(exported.map(({ id }) => id)).toEqual(ids);
});

test("each filter offers its values with what the other filters keep of them", async () => {
  const { db, ask } = await openHistory();
  const { choices, isWhole } = await countGenerations(db, ask("model=m-2"));
  expect([isWhole, choices]).toEqual([
    true,
    {
      owner: [
        { value: "none", label: "No owner", count: 1 },
        { value: "u-1", label: "Mina Sato", count: 1 },
        { value: "u-2", label: "Jun", count: 1 },
      ],
      mode: [
        { value: "none", label: "none", count: 1 },
        { value: "tone", label: "tone", count: 1 },
        { value: "tone+angle", label: "tone+angle", count: 1 },
      ],
      model: [
        { value: "m-2", label: "m-2", count: 3 },
        { value: "m-1", label: "m-1", count: 1 },
      ],
      finish: [
        { value: "none", label: "none", count: 2 },
        { value: "IMAGE_SAFETY", label: "IMAGE_SAFETY", count: 1 },
      ],
    },
  ]);
});

test("pages follow each other without a gap, also between records of one moment and beyond a stretch", async () => {
  const { db, ask } = await openHistory();
  const many = Array.from({ length: 6_000 }, (_, n) => `m-${n}`);
  await db.generation.createMany({
    data: many.map((id) => ({ id, prompt: id === "m-0" ? "rare" : "", record: "{}", hash: id, createdAt: day(60) })),
  });
  const [first] = await listGenerations(db, ask("text=rare"), { after: null });
  expect(first?.id).toBe("m-0");
  const seen: string[] = [];
  for (let after = readPlace(null); ; ) {
    const page = await listGenerations(db, ask("until="), { after, limit: 1_000 });
    seen.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (!last) break;
    after = readPlace(toPlace({ createdAt: last.createdAt.getTime(), id: last.id }));
  }
  expect(seen).toHaveLength(6_004);
  expect(new Set(seen).size).toBe(6_004);
});

test("uses of an image and of a group are counted once a generation, recent ones apart, whatever they are called now", async () => {
  const { db } = await openHistory();
  const count = (used: Parameters<typeof countUses>[1]) => countUses({ db, now }, used);
  expect(await count({ imageId: 1 })).toEqual({ recent: 1, ever: 2 });
  expect(await count({ key: warm })).toEqual({ recent: 1, ever: 2 });
  expect(await count({ prefix: "references/01. Model/front_warm/" })).toEqual({ recent: 1, ever: 2 });
  expect(await count({ prefix: "references/01. Model/front_cool/" })).toEqual({ recent: 1, ever: 2 });
  expect(await count({ prefix: "references/01. Model/back_cool/" })).toEqual({ recent: 0, ever: 0 });
});

test("a reference that was drawn with before it was indexed counts for the image that has its key now", async () => {
  const { db } = await openHistory();
  const key = "references/01. Model/front_cool/reference.png";
  await db.generation.create({
    data: {
      ...{ id: "g-5", prompt: "", record: "{}", hash: "h", createdAt: day(0) },
      references: { create: { position: 1, key, etag: "new", createdAt: day(0) } },
    },
  });
  expect(await countUses({ db, now }, { imageId: 1 })).toEqual({ recent: 2, ever: 3 });
});
