import { expect, test } from "vitest";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { sumSpend } from "~/features/model-calls/sum-spend.sql.server";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { actor, IMAGE_USD, openEmbedding } from "../../../tests/support/world/embedding-world";
import { countEmbeddingStates } from "./missing-embeddings.sql.server";
import { raiseEmbedBudget } from "./raise-embed-budget.server";
import { readEmbedRun } from "./read-embed-run.server";

const wanted = { model: "gemini-embedding-2", dimensions: 768 };

test("images get a vector each, six a request; the quote is what it costs, and the month counts it", async () => {
  const world = await openEmbedding(14);
  const planned = await world.plan();
  expect(planned).toMatchObject({ status: "planned", planned: 14 });
  expect(planned.summary).toMatchObject({
    images: 14,
    present: [
      { what: "no vector", count: 14 },
      { what: "an older vector", count: 0 },
    ],
    quote: { expectedUsd: expect.closeTo(14 * IMAGE_USD, 9) },
  });
  expect(world.gemini.bill().calls).toBe(0);

  expect(await world.apply(planned)).toMatchObject({ status: "succeeded", succeeded: 14, failed: 0, skipped: 0 });
  const images = await world.db.image.findMany({ orderBy: { id: "asc" } });
  expect(await world.vectors()).toEqual(
    images.map(({ id, etag }) => ({ id: expect.any(Number), imageId: id, etag, jobRunId: planned.id, ...wanted })),
  );
  const { vector } = await world.db.imageEmbedding.findFirstOrThrow();
  const numbers = Array.from({ length: 768 }, (_, at) => Buffer.from(vector).readFloatLE(at * 4));
  expect(vector.byteLength).toBe(768 * 4);
  expect(Math.hypot(...numbers)).toBeCloseTo(1, 5);
  const calls = await world.calls(planned.id);
  expect(calls).toHaveLength(3);
  for (const call of calls) expect(call).toMatchObject({ outcome: "embedded", labelRunId: null, promptTokens: 0 });
  const { spentUsd } = await sumSpend(world.ports, { since: new Date(0) });
  expect(spentUsd).toBeCloseTo(14 * IMAGE_USD, 9);
  expect(await countEmbeddingStates(world.db, wanted)).toEqual({
    made: 14,
    missing: 0,
    stale: 0,
    unreadable: 0,
    archived: 0,
  });
});

test("of images that have their vector nothing is asked; a changed one gets a new row in the place of the old", async () => {
  const world = await openEmbedding(3);
  await world.embed();
  const before = await world.vectors();
  await world.put(1, 77);
  await world.index();
  expect(await countEmbeddingStates(world.db, wanted)).toMatchObject({ made: 2, missing: 0, stale: 1 });
  const run = await world.embed();
  expect(run).toMatchObject({ planned: 1, succeeded: 1 });
  expect(run.summary).toMatchObject({ leftOut: expect.arrayContaining([{ what: "Already have a vector", count: 2 }]) });
  const after = await world.vectors();
  expect(after).toHaveLength(3);
  expect([after[0], after[2]]).toEqual([before[0], before[2]]);
  expect(after[1]?.id).toBeGreaterThan(before[2]?.id ?? 0);
  expect(await world.embed()).toMatchObject({ planned: 0 });
});

test("a vector of another length is stale, and one of another model is none", async () => {
  const world = await openEmbedding(2);
  const [one, other] = await world.db.image.findMany({ orderBy: { id: "asc" } });
  const row = { vector: new Uint8Array(8), createdAt: new Date() };
  await world.db.imageEmbedding.createMany({
    data: [
      { ...row, imageId: one?.id ?? 0, etag: one?.etag ?? "", model: wanted.model, dimensions: 2 },
      { ...row, imageId: other?.id ?? 0, etag: other?.etag ?? "", model: "an older one", dimensions: 768 },
    ],
  });
  expect(await countEmbeddingStates(world.db, wanted)).toMatchObject({ made: 0, missing: 1, stale: 1 });
  expect(await world.embed()).toMatchObject({ planned: 2, succeeded: 2 });
  expect((await world.vectors()).map(({ model, dimensions }) => [model, dimensions])).toEqual(
    expect.arrayContaining([["an older one", 768]]),
  );
  expect(await countEmbeddingStates(world.db, wanted)).toMatchObject({ made: 2 });
});

test("undo drops the vectors that the run made, and no others", async () => {
  const world = await openEmbedding(4);
  const selection = { ids: [(await world.db.image.findFirstOrThrow()).id] };
  await world.embed({ selection });
  const run = await world.embed();
  expect(run).toMatchObject({ planned: 3 });
  expect(await world.undo(run.id)).toMatchObject({ status: "succeeded", succeeded: 3, skipped: 0 });
  expect((await world.vectors()).map(({ imageId }) => imageId)).toEqual(selection.ids);
  expect(await countEmbeddingStates(world.db, wanted)).toMatchObject({ made: 1, missing: 3 });
});

test("undo leaves a vector that another run made since", async () => {
  const world = await openEmbedding(2);
  const first = await world.embed();
  await world.put(0, 50);
  await world.index();
  await world.embed();
  const undo = await world.planUndo(first.id);
  expect(undo.summary?.conflicts).toEqual({
    count: 1,
    sample: ["“uploads/000.png”: a newer vector was made since"],
  });
  expect(await world.apply(undo)).toMatchObject({ succeeded: 1, skipped: 1 });
  expect((await world.vectors()).length).toBe(1);
});

test("a budget is never exceeded: the run pauses with its numbers, and a raised one lets it go on", async () => {
  const world = await openEmbedding(13);
  const budgetUsd = 7 * IMAGE_USD;
  const planned = await world.plan({ budgetUsd });
  expect(planned.summary?.warnings?.[0]).toMatch(/^The budget of \$0\.0008 is less than the quote of \$0\.0015: /);
  const paused = await world.apply(planned);
  expect(paused).toMatchObject({ status: "paused", failed: 0 });
  expect(paused.pauseReason).toMatch(
    /^The budget of \$0\.0008 leaves no room for another call: \$0\.000\d is spent, and one call may cost \$0\.000\d\. Raise the budget, then resume\.$/,
  );
  const { spentUsd } = await sumSpend(world.ports, { since: new Date(0) });
  expect(spentUsd).toBeLessThanOrEqual(budgetUsd + 1e-9);
  expect(await world.vectors()).toHaveLength(paused.succeeded);
  expect(await readEmbedRun(world.ports, planned.id)).toEqual({
    ...{ ...wanted, quoteUsd: expect.closeTo(13 * IMAGE_USD, 9), budgetUsd, spentUsd, reservedUsd: 0, unknownUsd: 0 },
  });
  await raiseEmbedBudget(world.ports, { runId: planned.id, budgetUsd: 1, actor });
  expect(await world.work(planned.id)).toMatchObject({ status: "succeeded", succeeded: 13, failed: 0 });
  expect(Math.max(...world.shown())).toBe(1);
  const raise = raiseEmbedBudget(world.ports, { runId: planned.id, budgetUsd: 2, actor });
  await expect(raise).rejects.toThrow("has ended. Start a new one.");
});

test.each(["fewer-vectors", "short-vectors", "zero-vectors"] as const)(
  "%s: what is of no use is paid and not kept, and each image is asked about by itself",
  async (fault) => {
    const world = await openEmbedding(3, { knobs: { rules: [{ fault, times: 1 }] } });
    const run = await world.embed();
    expect(run).toMatchObject({ status: "succeeded", succeeded: 3, failed: 0 });
    const calls = await world.calls(run.id);
    expect(calls.map(({ outcome, usd }) => [outcome, usd === null])).toEqual([
      ["failed", true],
      ["embedded", false],
      ["embedded", false],
      ["embedded", false],
    ]);
    expect(calls[0]?.reason).toMatch(/^Gemini answered with /);
  },
);

test.each([
  [4, { status: "succeeded", succeeded: 1, failed: 0 }],
  [5, { status: "succeeded", succeeded: 0, failed: 1 }],
])("an image of which no vector came %d times before fails once more: %j", async (before, end) => {
  const world = await openEmbedding(1);
  const first = await world.embed();
  const [{ imageId, requestHash } = { imageId: 0, requestHash: "" }] = await world.calls(first.id);
  await world.undo(first.id);
  const planned = await world.plan();
  const failed = { embedRunId: planned.id, reservedUsd: IMAGE_USD, usd: 0, outcome: "failed", createdAt: new Date() };
  await world.db.modelCall.createMany({
    data: Array.from({ length: before }, () => ({ ...failed, imageId, requestHash })),
  });
  world.gemini.setKnobs({ rules: [{ fault: "zero-vectors", times: 1 }] });
  expect(await world.apply(planned)).toMatchObject(end);
  const items = await world.db.jobItem.findMany({ where: { runId: planned.id, outcome: "failed" } });
  expect(items.map(({ errorClass, error }) => [errorClass, error])).toEqual(
    end.failed === 0
      ? []
      : [["model-failed", "Gemini answered with a vector of zeros. Asked 6 times. Retry it later."]],
  );
});

test.each([
  ["quota-of-day", /^Gemini’s quota of the day is used up: /],
  ["key-expired", /^Gemini does not accept the API key \(400\): API key expired/],
] as const)("%s pauses the run with its reason, and nothing has failed", async (fault, reason) => {
  const world = await openEmbedding(8, { knobs: { rules: [{ fault }] } });
  const paused = await world.embed();
  expect(paused).toMatchObject({ status: "paused", done: 0, pauseReason: expect.stringMatching(reason) });
  world.gemini.setKnobs({ rules: [] });
  await resumeRun(world.ports, { runId: paused.id, actor });
  expect(await world.work(paused.id)).toMatchObject({ status: "succeeded", succeeded: 8, failed: 0 });
});

test("a 429 holds all calls of the model and costs nothing", async () => {
  const world = await openEmbedding(8, {
    knobs: { rules: [{ fault: "rate-limit", times: 2 }], retryDelaySeconds: 0.2 },
  });
  const run = await world.embed();
  expect(run).toMatchObject({ status: "succeeded", succeeded: 8, failed: 0 });
  const limited = (await world.calls(run.id)).filter(({ outcome }) => outcome === "rate-limited");
  expect(limited.map(({ usd }) => usd)).toEqual([0, 0]);
  expect(await world.db.modelQuota.findUnique({ where: { model: wanted.model } })).toMatchObject({
    holdReason: expect.stringContaining("quota"),
  });
});

test("a usage that is not told leaves the reservation counting", async () => {
  const world = await openEmbedding(8, { knobs: { rules: [{ usage: "none" }] } });
  const paused = await world.embed({ budgetUsd: 6 * IMAGE_USD });
  expect(paused).toMatchObject({ status: "paused", succeeded: 6 });
  expect(paused.pauseReason).toMatch(/\$0\.00 is spent, \$0\.0007 is reserved for calls of unknown cost/);
});

test("of an image with a thumbnail that is read, and not its original", async () => {
  const world = await openEmbedding(2);
  await world.carryOut(backfillThumbnails, { force: false });
  const planned = await world.plan();
  await world.storage.delete(world.keyOf(0));
  expect(await world.apply(planned)).toMatchObject({ succeeded: 2, failed: 0 });
});

test("what is no picture fails by itself, and its image is left out next time", async () => {
  const world = await openEmbedding(2);
  await world.storage.put("uploads/none.png", Buffer.from("no picture"), { contentType: "image/png" });
  await world.index();
  expect(await world.embed()).toMatchObject({ planned: 3, succeeded: 2, failed: 1 });
  expect(await countEmbeddingStates(world.db, wanted)).toMatchObject({ made: 2, missing: 0, unreadable: 1 });
  expect(await world.embed()).toMatchObject({ planned: 0 });
});

test("an image that changes or goes between plan and call is skipped, and nothing is paid for it", async () => {
  const world = await openEmbedding(3);
  const planned = await world.plan();
  await world.put(0, 90);
  await world.storage.delete(world.keyOf(1));
  await world.index();
  expect(await world.apply(planned)).toMatchObject({ succeeded: 1, skipped: 2 });
  expect(world.shown()).toEqual([1]);
});

test.each([
  [{ budgetUsd: 0 }, /more than \$0/],
  [{ budgetUsd: Number.NaN }, /Give an amount in dollars/],
  [{ selection: { query: { owner: ["nobody"] } } }, /No image matches this selection/],
])("no run is started with %j", async (input, sentence) => {
  const world = await openEmbedding(1);
  await expect(world.plan(input)).rejects.toThrow(sentence);
  expect(await world.db.embedRun.count()).toBe(0);
});

test("no run is started by a model that no file lists", async () => {
  const world = await openEmbedding(1);
  const model = { ...world.ports.model, embeddingName: "gemini-embedding-0" };
  await expect(world.plan({}, { ...world.ports, model })).rejects.toThrow(
    "No file says what “gemini-embedding-0” takes and costs",
  );
});

test("a plan of a selection counts what it leaves out of that selection alone", async () => {
  const world = await openEmbedding(4);
  const ids = (await world.db.image.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);
  await world.embed({ selection: { ids: ids.slice(0, 3) } });
  const planned = await world.plan({ selection: { ids: ids.slice(2) } });
  expect(planned).toMatchObject({ planned: 1, title: "Embed 2 images" });
  expect(planned.summary?.leftOut).toContainEqual({ what: "Already have a vector", count: 1 });
});

test("what a worker kept and could not say so is found, and not paid for again; an undo of its canceled run drops it", async () => {
  const world = await openEmbedding(2);
  const planned = await world.plan();
  const image = await world.db.image.findFirstOrThrow({ orderBy: { id: "asc" } });
  const kept = { imageId: image.id, etag: image.etag, ...wanted, vector: new Uint8Array(4), createdAt: new Date() };
  await world.db.imageEmbedding.create({ data: { ...kept, jobRunId: planned.id } });
  expect(await world.apply(planned)).toMatchObject({ succeeded: 2, skipped: 0 });
  expect(world.shown()).toEqual([1]);

  await world.undo(planned.id);
  const other = await world.plan();
  await world.db.imageEmbedding.create({ data: { ...kept, jobRunId: other.id } });
  await world.db.jobRun.update({ where: { id: other.id }, data: { status: "cancelled", finishedAt: new Date() } });
  expect(await world.undo(other.id)).toMatchObject({ succeeded: 1, skipped: 0 });
  expect(await world.vectors()).toEqual([]);
});
