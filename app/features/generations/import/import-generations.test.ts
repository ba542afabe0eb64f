import { expect, test } from "vitest";
import { readOwnerOrigins } from "~/features/generations/read-owner-origins.server";
import { imagesWhere } from "~/features/images/query/image-query.sql.server";
import { pair } from "~/features/job-runs/kinds/job";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { importGenerations } from "./import-generations";
import { importGenerationsHandler } from "./import-generations.server";
import { startImport } from "./start-import.server";

const actor = { id: "operator:1", name: "Mina" };
const createdAt = "2026-11-01T08:00:00Z";
const hashOf = (letter: string) => letter.repeat(64);

const images = [
  { key: "generated/u-1/2026/11/cat.png", ownerId: "u-1", sha256: hashOf("1") },
  { key: "generated/default/2026/11/dog.png" },
  { key: "generated/u-1/2026/11/same.png" },
  { key: "generated/u-2/2026/11/same.png" },
  { key: "references/01. Model/front_warm/reference.png" },
  { key: "references/01. Model/front_cool/reference.png" },
  { key: "uploads/renamed since.png", sha256: hashOf("7") },
  { key: "uploads/gone.png", goneAt: new Date(0) },
  { key: `uploads/${"é".repeat(506)}.png` },
];

/** A database with these images (ids from 1) and the owner u-1, and imports of records over it. */
async function openStudio() {
  const ports = await openTestPorts();
  const { db, clock } = ports;
  const at = new Date(0);
  await db.owner.create({ data: { id: "u-1", name: "Mina Sato", createdAt: at } });
  const row = { etag: "e", readEtag: "e", bytes: 1, kind: "upload", modifiedAt: at, createdAt: at, isTextDue: false };
  await db.image.createMany({ data: images.map((image) => ({ ...row, ...image })) });
  const runs = runsOf(ports, actor);
  const plan = async (lines: (object | string)[]) => {
    const text = lines.map((line) =>
      typeof line === "string" ? line : JSON.stringify({ prompt: "p", createdAt, ...line }),
    );
    async function* chunks() {
      yield Buffer.from(text.join("\n"));
    }
    return runs.work((await startImport({ db, clock }, { chunks: chunks(), source: "history.ndjson", actor })).runId);
  };
  const search = async (words: string) => {
    const where = imagesWhere({ text: words }, { now: new Date(), roots: [], attributes: {} });
    return (await db.$queryRaw<{ id: bigint }[]>`SELECT i."id" FROM "Image" i WHERE ${where} ORDER BY i."id"`).map(
      ({ id }) => Number(id),
    );
  };
  const itemsOf = async (runId: number) => {
    const job = pair(importGenerations, importGenerationsHandler);
    const { items } = await readItems(ports, { runId });
    return items.map((item) => toItemView(job, item));
  };
  /** All that an import may change. */
  const state = async () => ({
    records: await db.generation.findMany({ orderBy: { id: "asc" } }),
    elsewhere: await db.externalReference.findMany({ orderBy: [{ generationId: "asc" }, { position: "asc" }] }),
    owners: (await db.image.findMany({ orderBy: { id: "asc" } })).map(({ ownerId }) => ownerId),
  });
  return { ...ports, ...runs, plan, search, itemsOf, state };
}

test("records go in with their images, owners and words; the same file again has nothing to do; undo is exact", async () => {
  const studio = await openStudio();
  const before = await studio.state();
  const file = [
    { id: "g-1", prompt: "a striped 고양이", owner: "u-1", model: "m", mode: "tone", image: images[0]?.key },
    { id: "g-2", owner: "u-9", image: "/srv/agent/out/dog.png", references: [images[4]?.key, "/tmp/lost.png"] },
    { id: "g-3", image: null, finishReason: "IMAGE_SAFETY" },
  ];
  const planned = await studio.plan(file);
  expect(planned).toMatchObject({
    status: "planned",
    planned: 3,
    title: "Import generation records from “history.ndjson”",
  });
  expect(planned.summary).toMatchObject({
    facts: [
      { label: "New records", value: "3" },
      { label: "Images found by key", value: "1" },
      { label: "Images found by file name", value: "1" },
      { label: "Records without an image", value: "1" },
      { label: "References not found", value: "1" },
      { label: "Images that get an owner", value: "1" },
      { label: "New owners", value: "1" },
    ],
    samples: [1, 2],
    warnings: ["1 reference was not found and is kept as named.", "Line 2: No image is called “/tmp/lost.png”."],
  });
  expect(await studio.state()).toEqual(before);

  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 3, skipped: 0 });
  const { records, elsewhere, owners } = await studio.state();
  expect(records).toMatchObject([
    { id: "g-1", imageId: 1, prompt: "a striped 고양이", model: "m", mode: "tone", createdAt: new Date(createdAt) },
    { id: "g-2", imageId: 2, told: "/srv/agent/out/dog.png" },
    { id: "g-3", imageId: null, finishReason: "IMAGE_SAFETY" },
  ]);
  expect(JSON.parse(records[1]?.references ?? "")).toEqual([
    { imageId: 5, key: images[4]?.key, etag: "e" },
    { told: "/tmp/lost.png" },
  ]);
  expect(elsewhere).toEqual([
    {
      generationId: "g-2",
      position: 2,
      url: "/tmp/lost.png",
      payloadHash: null,
      lastError: "No image is called “/tmp/lost.png”.",
    },
  ]);
  expect(owners).toEqual(["u-1", "u-9", ...before.owners.slice(2)]);
  expect([await studio.search("striped"), await studio.search("고양"), await studio.search("striped cat")]).toEqual([
    [1],
    [1],
    [1],
  ]);

  const again = await studio.plan(file);
  expect(again).toMatchObject({ planned: 0, summary: { leftOut: [{ what: "Imported already", count: 3 }] } });

  expect(await studio.undo(run.id)).toMatchObject({ succeeded: 3, skipped: 0 });
  expect(await studio.state()).toEqual(before);
  expect([await studio.search("striped"), await studio.search("cat")]).toEqual([[], [1]]);
});

test.each<[string, object, number | string]>([
  ["a key", { image: images[0]?.key }, 1],
  ["the longest key", { image: images[8]?.key }, 9],
  [
    "an address whose signature has expired",
    { image: `https://b.s3.eu-central-1.amazonaws.com/generated/u-1/2026/11/cat.png?X-Amz-Expires=60` },
    1,
  ],
  [
    "an address with the bucket in its path",
    { image: "http://127.0.0.1:9000/bucket/references/01.%20Model/front_cool/reference.png" },
    6,
  ],
  ["a mirror of the bucket", { image: "/mnt/mirror/references/01. Model/front_warm/reference.png" }, 5],
  ["a path of Windows", { image: "D:\\out\\u-2\\2026\\11\\same.png" }, 4],
  ["a name that several have, of one owner", { image: "same.png", owner: "u-2" }, 4],
  ["a key that it had", { image: "uploads/former.png" }, 7],
  ["bytes", { image: "/tmp/x.png", sha256: hashOf("7") }, 7],
  ["a payload", { image: { url: "/tmp/y.png", sha256: hashOf("1").toUpperCase() } }, 1],
  ["an image that is gone", { image: "uploads/gone.png" }, 8],
  ["a name that several have", { image: "same.png" }, "“same.png” can be any of 2 images."],
  ["other bytes", { image: "cat.png", sha256: hashOf("2") }, "1 image called “cat.png” has other bytes."],
  ["a payload of none", { image: "data:image/png;base64,AAAA" }, "No image has the bytes of this payload."],
])("an image is found by %s", async (_, record, expected) => {
  const studio = await openStudio();
  await studio.db.image.updateMany({ where: { id: 4 }, data: { ownerId: "u-1" } });
  await studio.db.owner.create({ data: { id: "u-2", name: "Jun", createdAt: new Date(0) } });
  await studio.db.image.updateMany({ where: { id: 4 }, data: { ownerId: "u-2" } });
  await studio.db.formerKey.create({ data: { key: "uploads/former.png", imageId: 7 } });
  await studio.apply(await studio.plan([{ id: "g-1", ...record }]));
  const { records, elsewhere } = await studio.state();
  expect(records[0]?.imageId ?? elsewhere[0]?.lastError).toBe(expected);
});

test("broken lines and ids with other content are told by their number, and the rest goes in", async () => {
  const studio = await openStudio();
  const one = { id: "g-1", prompt: "one", image: images[0]?.key };
  await studio.apply(await studio.plan([{ id: "g-0", prompt: "old" }]));
  const planned = await studio.plan([
    "{broken",
    one,
    { ...one, seed: 1 },
    one,
    { id: "g-0", prompt: "new" },
    { id: "g-2", prompt: 7 },
    { id: "g-3", prompt: "<script>alert(1)</script>\u0000\u202e" },
  ]);
  const refused = [
    "Line 1 is not JSON.",
    "Line 3 has the id “g-1” of line 2, with other content.",
    "Line 5 has the id “g-0” of a record that is there, with other content.",
    "Line 6 has no usable “prompt”.",
  ];
  expect(planned).toMatchObject({
    planned: 6,
    summary: {
      conflicts: { count: 4, sample: refused },
      leftOut: [{ what: "Lines that repeat another", count: 1 }],
    },
  });
  const run = await studio.apply(planned);
  expect(run).toMatchObject({ succeeded: 2, skipped: 4, failed: 0 });
  expect((await studio.itemsOf(run.id)).flatMap(({ reason }) => reason ?? [])).toEqual(refused);
  expect((await studio.state()).records.map(({ id, prompt }) => [id, prompt])).toEqual([
    ["g-0", "old"],
    ["g-1", "one"],
    ["g-3", "<script>alert(1)</script>\uFFFD\u202e"],
  ]);
  const kept = await studio.db.generation.findMany();
  expect(JSON.stringify(kept)).not.toContain("broken");
});

test("an owner fills in an image that has none and replaces none; one that was merged away stands for who is left", async () => {
  const studio = await openStudio();
  await studio.db.owner.create({ data: { id: "old", name: "Old", mergedIntoId: "u-1", createdAt: new Date(0) } });
  const planned = await studio.plan([
    { id: "g-1", owner: "u-2", image: images[0]?.key },
    { id: "g-2", owner: "old", image: images[1]?.key },
    { id: "g-3", owner: "u-5", image: images[1]?.key },
    { id: "g-4", owner: "u-6", image: images[2]?.key },
  ]);
  expect(planned.summary?.warnings).toEqual([
    "The owner of 1 image stays, though the record names another.",
    "Line 1: “generated/u-1/2026/11/cat.png” belongs to “u-1”, the record names “u-2”.",
  ]);
  // Someone gives an image to the very owner whom its record names: the import must not take him away again.
  await studio.db.owner.create({ data: { id: "u-6", name: "Sofia", createdAt: new Date(0) } });
  await studio.db.image.update({ where: { id: 3 }, data: { ownerId: "u-6" } });
  const run = await studio.apply(planned);
  expect((await studio.state()).owners.slice(0, 3)).toEqual(["u-1", "u-1", "u-6"]);
  await studio.db.image.update({ where: { id: 2 }, data: { ownerId: "u-6" } });
  expect(await studio.undo(run.id)).toMatchObject({ succeeded: 4, skipped: 0 });
  expect((await studio.state()).owners.slice(0, 3)).toEqual(["u-1", "u-6", "u-6"]);
});

test("an owner who was merged away since the plan stands for who is left, and undo takes just him back", async () => {
  const studio = await openStudio();
  await studio.db.owner.create({ data: { id: "u-2", name: "Jun", createdAt: new Date(0) } });
  const planned = await studio.plan([{ id: "g-1", owner: "u-2", image: images[1]?.key }]);
  await studio.db.owner.update({ where: { id: "u-2" }, data: { mergedIntoId: "u-1" } });
  const run = await studio.apply(planned);
  expect((await studio.state()).owners[1]).toBe("u-1");
  await studio.undo(run.id);
  expect((await studio.state()).owners[1]).toBeNull();
});

test("what was not found is found by the same file once its image is indexed, and undone to what it was", async () => {
  const studio = await openStudio();
  const file = [{ id: "g-1", prompt: "late", image: "late.png", references: ["later.png", "cat.png"] }];
  await studio.apply(await studio.plan(file));
  const found = await studio.state();
  expect(found.elsewhere.map(({ position }) => position)).toEqual([0, 1]);
  expect(await studio.plan(file)).toMatchObject({ planned: 0 });
  const at = new Date(0);
  const row = { etag: "e", bytes: 1, kind: "upload", modifiedAt: at, createdAt: at };
  const { id } = await studio.db.image.create({ data: { ...row, key: "uploads/late.png" } });
  const planned = await studio.plan(file);
  expect(planned).toMatchObject({
    planned: 1,
    summary: { facts: [{ label: "Records whose images are found now", value: "1" }, {}, {}] },
  });
  const run = await studio.apply(planned);
  expect((await studio.state()).records[0]).toMatchObject({ imageId: id });
  expect((await studio.state()).elsewhere.map(({ position }) => position)).toEqual([1]);
  expect(await studio.search("late")).toEqual([id]);
  await studio.undo(run.id);
  const after = await studio.state();
  expect({ ...after, owners: found.owners }).toEqual(found);
});

test("an image's history tells by which import it got its owner, until that is undone", async () => {
  const studio = await openStudio();
  const origins = async (imageId: number) =>
    (await readOwnerOrigins(studio.db, imageId)).map(({ runId, was, became, actorName }) => [
      ...[runId, was, became, actorName],
    ]);
  const file = [
    { id: "g-1", owner: "u-1", image: "late.png" },
    { id: "g-2", owner: "u-9", image: images[1]?.key },
    { id: "g-3", owner: "u-9", image: images[0]?.key },
  ];
  const first = await studio.apply(await studio.plan(file));
  expect(await origins(2)).toEqual([[first.id, "no owner", "u-9", "Mina"]]);
  expect(await origins(1)).toEqual([]);
  const at = new Date(0);
  const row = { etag: "e", bytes: 1, kind: "upload", modifiedAt: at, createdAt: at };
  const { id } = await studio.db.image.create({ data: { ...row, key: "uploads/late.png" } });
  const second = await studio.apply(await studio.plan(file));
  expect(await origins(id)).toEqual([[second.id, "no owner", "Mina Sato", "Mina"]]);
  await studio.undo(second.id);
  expect(await origins(id)).toEqual([]);
});

test("a record that was imported between plan and apply, or changed since the run, is left as it is", async () => {
  const studio = await openStudio();
  const [one, two] = [await studio.plan([{ id: "g-1" }]), await studio.plan([{ id: "g-1", prompt: "other" }])];
  const run = await studio.apply(one);
  const second = await studio.apply(two);
  expect(second).toMatchObject({ succeeded: 0, skipped: 1 });
  expect((await studio.itemsOf(second.id)).map(({ reason }) => reason)).toEqual([
    "The record “g-1” changed since the plan was made.",
  ]);
  await studio.db.generation.update({ where: { id: "g-1" }, data: { hash: "other" } });
  const undone = await studio.undo(run.id);
  expect(undone).toMatchObject({ succeeded: 0, skipped: 1 });
  expect(undone.summary?.conflicts).toEqual({ count: 1, sample: ["The record “g-1” changed since the run."] });
});

test("no signature and no payload reaches the database, and staged lines are removed by the next import", async () => {
  const studio = await openStudio();
  await studio.apply(
    await studio.plan([
      {
        id: "g-1",
        image: "https://b.example/x.png?X-Amz-Signature=SECRET",
        references: ["data:image/png;base64,UEFZTE9BRA=="],
        a: ["https://c.example/?X-Amz-Signature=SECRET"],
      },
    ]),
  );
  await studio.plan([{ id: "g-2" }]);
  expect(await studio.db.generationLine.count()).toBe(1);
  for (const rows of [
    await studio.db.jobItem.findMany(),
    await studio.db.jobRun.findMany(),
    await studio.db.generation.findMany(),
    await studio.db.externalReference.findMany(),
  ]) {
    expect(JSON.stringify(rows)).not.toMatch(/SECRET|UEFZTE9BRA/);
  }
});
