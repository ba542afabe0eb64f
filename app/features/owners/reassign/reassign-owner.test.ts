import { expect, test } from "vitest";
import type { ImageQuery } from "~/features/images/query/image-query";
import { findImageItems } from "~/features/images/view/find-image-items.sql.server";
import { cancelRun } from "~/features/job-runs/commands/steer-run.server";
import { pair } from "~/features/job-runs/kinds/job";
import { removeOldItems } from "~/features/job-runs/retention/remove-old-items";
import { toItemView } from "~/features/job-runs/views/item-view";
import { readAllItems, readItems } from "~/features/job-runs/views/read-items.server";
import { rowsFrom } from "~/ports/sql.server";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { reassignOwner } from "./reassign-owner";
import { reassignOwnerHandler } from "./reassign-owner.server";
import { startReassignment } from "./start-reassignment.server";

const actor = { id: "operator:1", name: "Mina" };
const owners = { "u-1": "Mina Sato", "u-2": "Jun Park", "u-3": "Sofia Reyes" };
const changed = "This image's owner changed since the plan was made.";

/** Images 1, 2, … with these owners, in this order; odd ones are uploads, even ones generated. */
async function openStudio(ownerIds: (string | null)[]) {
  const ports = await openTestPorts();
  const { db } = ports;
  const createdAt = ports.clock.now();
  await db.owner.createMany({ data: Object.entries(owners).map(([id, name]) => ({ id, name, createdAt })) });
  const rows = ownerIds.map((ownerId, n) => ({
    id: n + 1,
    key: `images/${String(n + 1).padStart(6, "0")}.png`,
    kind: n % 2 === 0 ? "upload" : "generated",
    ownerId,
  }));
  await db.$executeRaw`
    INSERT INTO "Image" ("id", "key", "etag", "bytes", "kind", "ownerId", "modifiedAt", "createdAt")
    SELECT "id", "key", 'e', 1, "kind", "ownerId", ${createdAt.getTime()}, ${createdAt.getTime()}
      FROM ${rowsFrom(rows, { id: "integer", key: "text", kind: "text", ownerId: "text" })}`;
  const ownersNow = async () =>
    (await db.image.findMany({ orderBy: { id: "asc" }, select: { ownerId: true } })).map(({ ownerId }) => ownerId);
  const setOwner = (id: number, ownerId: string | null) => db.image.update({ where: { id }, data: { ownerId } });
  const runs = runsOf(ports, actor);
  const plan = async (selection: Parameters<typeof startReassignment>[1]["selection"], toOwnerId: string) =>
    runs.work((await startReassignment(ports, { selection, toOwnerId, actor })).runId);
  return { ...ports, ...runs, plan, ownersNow, setOwner };
}

test("a plan counts by present owner, shows samples, and changes nothing; apply and undo are exact", async () => {
  const before = [null, "u-2", "u-1", null, "u-2", "u-2", null];
  const studio = await openStudio(before);
  const planned = await studio.plan({ query: { all: true } }, "u-1");
  expect(planned).toMatchObject({ status: "planned", planned: 6, title: "Reassign images to “u-1”" });
  expect(planned.summary).toEqual({
    images: 6,
    present: [
      { what: "Jun Park", count: 3 },
      { what: "no owner", count: 3 },
    ],
    leftOut: [{ what: "Belong to Mina Sato already", count: 1 }],
    samples: [1, 2, 4, 5, 6, 7],
  });
  expect(await studio.ownersNow()).toEqual(before);

  const run = await studio.apply(planned);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 6 });
  expect(await studio.ownersNow()).toEqual(before.map(() => "u-1"));
  const { items } = await readItems(studio, { runId: run.id });
  const job = pair(reassignOwner, reassignOwnerHandler);
  expect(items.map((item) => toItemView(job, item)).map(({ name, was, becomes }) => [name, was, becomes])).toEqual([
    ["images/000001.png", "no owner", "Mina Sato"],
    ["images/000002.png", "Jun Park", "Mina Sato"],
    ["images/000004.png", "no owner", "Mina Sato"],
    ["images/000005.png", "Jun Park", "Mina Sato"],
    ["images/000006.png", "Jun Park", "Mina Sato"],
    ["images/000007.png", "no owner", "Mina Sato"],
  ]);
  expect(await studio.undo(run.id)).toMatchObject({ succeeded: 6, skipped: 0 });
  expect(await studio.ownersNow()).toEqual(before);
});

test.each<[string, ImageQuery]>([
  ["walked", { all: true }],
  ["found by an index", { unowned: true }],
])(
  "a plan of images that are %s goes by time in stretches of ids, in which each finds its item, also in an undo with fewer",
  async (_how, query) => {
    const studio = await openStudio(Array.from({ length: 33_000 }, () => null));
    const { db } = studio;
    // The last image is the oldest: the first stretch holds 233 to 33,000, the second one 1 to 232.
    await db.$executeRaw`UPDATE "Image" SET "createdAt" = "createdAt" - "id"`;
    const planned = await studio.plan({ query }, "u-1");
    expect(planned.summary?.stretches).toEqual([0, 32_768]);
    await studio.setOwner(500, "u-2");
    const run = await studio.apply(planned);
    expect(run).toMatchObject({ succeeded: 32_999, skipped: 1 });
    const undo = await studio.undo(run.id);
    expect(undo).toMatchObject({ planned: 32_999, succeeded: 32_999, summary: { stretches: [0, 32_767] } });
    const itemsOf = async (imageId: number) => {
      const found = await findImageItems(db, { imageId, kinds: [reassignOwner.kind], runs: 2 });
      return found.map(({ runId, seq }) => [runId, seq]);
    };
    const places: [image: number, seq: number, undone: number][] = [
      [1, 32_768, 32_767],
      [232, 32_999, 32_998],
      [233, 0, 0],
      [499, 266, 266],
      [501, 268, 267],
      [33_000, 32_767, 32_766],
    ];
    for (const [image, seq, undone] of places) {
      expect(await itemsOf(image)).toEqual([
        [undo.id, undone],
        [run.id, seq],
      ]);
    }
    expect(await itemsOf(500)).toEqual([[run.id, 267]]);
  },
);

test("a plan says how many generation records go with their images", async () => {
  const studio = await openStudio([null, "u-2", "u-1"]);
  const record = { prompt: "", references: "[]", record: "{}", hash: "", createdAt: studio.clock.now() };
  await studio.db.generation.createMany({
    data: [1, 1, 2, 3].map((imageId, n) => ({ ...record, id: `g-${n}`, imageId })),
  });
  const { summary } = await studio.plan({ query: { all: true } }, "u-1");
  expect(summary?.followers).toEqual([{ what: "generation records", count: 3 }]);
});

test.each([
  ["picked images", { ids: [1, 3] }, ["u-3", "u-2", "u-3", null]],
  ["images without an owner", { query: { unowned: true as const } }, ["u-3", "u-2", "u-1", "u-3"]],
  [
    "an owner's images of a kind",
    { query: { owner: ["u-2"], kind: ["generated" as const] } },
    [null, "u-3", "u-1", null],
  ],
  ["all but some", { query: { all: true as const }, except: [2, 4] }, ["u-3", "u-2", "u-3", null]],
])("reassigns %s", async (_name, selection, expected) => {
  const studio = await openStudio([null, "u-2", "u-1", null]);
  await studio.apply(await studio.plan(selection, "u-3"));
  expect(await studio.ownersNow()).toEqual(expected);
});

test.each([
  ["an unknown owner", { ids: [1] }, "nobody", "There is no owner “nobody”."],
  ["a query that names nothing", { query: {} }, "u-1", "names no images"],
  ["an empty selection", { ids: [] }, "u-1", "select at least one image"],
  ["a query that no image matches", { query: { owner: ["u-3"] } }, "u-1", "No image matches this selection"],
  ["images that are not there", { ids: [99] }, "u-1", "No image matches this selection"],
])("refuses %s before anything is written", async (_name, selection, toOwnerId, sentence) => {
  const studio = await openStudio([null]);
  await expect(startReassignment(studio, { selection, toOwnerId, actor })).rejects.toThrow(sentence);
  expect(await studio.db.jobRun.count()).toBe(0);
});

test("a relative date means the moment at which the plan was asked for", async () => {
  const studio = await openStudio([null, null]);
  await studio.db.image.update({
    where: { id: 2 },
    data: { createdAt: new Date(studio.clock.now().getTime() - 90 * 60_000) },
  });
  const { runId } = await startReassignment(studio, { selection: { query: { since: "2h" } }, toOwnerId: "u-1", actor });
  studio.advance(60 * 60_000);
  expect(await studio.work(runId)).toMatchObject({ planned: 2 });
});

test("of two reassignments planned at once, the second skips by name what the first has changed", async () => {
  const studio = await openStudio([null, null, "u-2"]);
  const first = await studio.plan({ ids: [1, 2] }, "u-1");
  const second = await studio.plan({ query: { all: true } }, "u-3");
  await studio.apply(first);
  const run = await studio.apply(second);
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1, skipped: 2 });
  expect(await studio.ownersNow()).toEqual(["u-1", "u-1", "u-3"]);
  const { items } = await readItems(studio, { runId: run.id, outcome: "skipped" });
  expect(items.map(({ label, reason }) => [label, reason])).toEqual([
    ["images/000001.png", changed],
    ["images/000002.png", changed],
  ]);
  const exported = [];
  for await (const page of readAllItems(studio, { runId: run.id })) exported.push(...page);
  expect(exported.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped", "succeeded"]);
});

test("an undo says which images it cannot put back, and leaves them", async () => {
  const studio = await openStudio(["u-2", "u-2", null, "u-2"]);
  const run = await studio.apply(await studio.plan({ query: { all: true } }, "u-1"));
  await studio.setOwner(1, "u-3");
  await studio.setOwner(2, null);
  const planned = await studio.planUndo(run.id);
  expect(planned.summary).toEqual({
    conflicts: {
      count: 2,
      sample: ["“images/000001.png” belongs to “Sofia Reyes” now.", "“images/000002.png” has no owner now."],
    },
    putsBack: { runId: run.id, items: 2, of: 4 },
  });
  expect(await studio.apply(planned)).toMatchObject({ succeeded: 2, skipped: 2 });
  expect(await studio.ownersNow()).toEqual(["u-3", null, null, "u-2"]);
});

test("images go back to nobody they were taken from: an owner who is gone is a conflict, not a failure", async () => {
  const studio = await openStudio(["u-2", null]);
  const run = await studio.apply(await studio.plan({ query: { all: true } }, "u-1"));
  await studio.db.owner.delete({ where: { id: "u-2" } });
  const planned = await studio.planUndo(run.id);
  expect(planned.summary?.conflicts?.sample).toEqual(["The former owner of “images/000001.png” is no longer there."]);
  expect(await studio.apply(planned)).toMatchObject({ status: "succeeded", succeeded: 1, skipped: 1 });
  expect(await studio.ownersNow()).toEqual(["u-1", null]);
});

test("a reassignment that is cancelled midway is undone as far as it went", async () => {
  const before = Array.from({ length: 2_500 }, (_, n) => (n % 3 === 0 ? null : "u-2"));
  const studio = await openStudio(before);
  const stop = new AbortController();
  const stopping: typeof reassignOwnerHandler = {
    ...reassignOwnerHandler,
    async applyChunk(...given) {
      await reassignOwnerHandler.applyChunk(...given);
      stop.abort();
    },
  };
  const planned = await studio.plan({ query: { all: true } }, "u-1");
  const { done } = await studio.apply(planned, { signal: stop.signal, job: pair(reassignOwner, stopping) });
  expect((await studio.ownersNow()).filter((id) => id === "u-1")).toHaveLength(done);
  expect(done).toBeLessThan(2_500);
  await cancelRun(studio, { runId: planned.id, actor });
  expect(await studio.undo(planned.id)).toMatchObject({ planned: done, succeeded: done });
  expect(await studio.ownersNow()).toEqual(before);
});

test("retention takes the items; the counts stay, and the undo has expired", async () => {
  const studio = await openStudio([null, null]);
  const run = await studio.apply(await studio.plan({ ids: [1, 2] }, "u-1"));
  studio.advance(91 * 24 * 60 * 60_000);
  await studio.carryOut(removeOldItems, { days: 90 });
  expect(await studio.db.jobItem.count({ where: { runId: run.id } })).toBe(0);
  expect(await studio.read(run.id)).toMatchObject({ planned: 2, succeeded: 2, done: 2 });
  await expect(studio.planUndo(run.id)).rejects.toThrow("Its items and what it moved to trash/ are no longer kept.");
});
