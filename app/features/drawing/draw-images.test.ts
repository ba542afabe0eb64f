import { expect, test } from "vitest";
import { sumSpend } from "~/features/model-calls/sum-spend.sql.server";
import { listQuotas } from "~/features/model-quotas/list-quotas.sql.server";
import { actor, asked, frontWarm, openDrawing } from "../../../tests/support/world/drawing-world";
import { raiseDrawBudget } from "./raise-draw-budget.server";
import { readDrawRun } from "./read-draw-run.server";
import { startDrawing } from "./start-drawing.server";

/** 1,120 tokens of a picture at $30 for a million. */
const PICTURE_USD = 0.0336;
const FRONT = "references/01. Model/front_warm/reference.png";

test("pictures are drawn from the references that the plan froze, with row, thumbnail, record and dollars", async () => {
  const world = await openDrawing();
  const { id: ownId } = await world.db.image.findUniqueOrThrow({
    where: { key: FRONT.replace("reference.png", "02.png") },
  });
  await world.db.owner.create({ data: { id: "u-1", name: "Mina", createdAt: new Date() } });
  const planned = await world.plan({ references: frontWarm, images: [ownId], ownerId: "u-1", count: 2 });
  expect(planned).toMatchObject({ status: "planned", planned: 2 });
  expect(planned.summary).toMatchObject({
    images: 2,
    facts: expect.arrayContaining([
      { label: "Sent along", value: "1 image of yours, 1 reference" },
      { label: "Mode", value: "tone+angle: front, warm" },
    ]),
  });
  const quoted = planned.summary?.quote;
  expect(quoted?.expectedUsd).toBeGreaterThan(2 * PICTURE_USD);
  expect(world.gemini.bill().calls).toBe(0);
  const [item] = await world.items(planned.id);
  const { shown } = JSON.parse(item?.before ?? "");
  expect(shown.map(({ role }: { role: string }) => role)).toEqual(["own", "reference"]);
  expect(shown[1]).toMatchObject({ key: FRONT, etag: expect.any(String), imageId: expect.any(Number) });

  expect(await world.apply(planned)).toMatchObject({ status: "succeeded", succeeded: 2, failed: 0, skipped: 0 });
  const images = await world.drawn();
  expect(images).toHaveLength(2);
  expect(new Set(images.map(({ sha256 }) => sha256)).size).toBe(2);
  for (const image of images) {
    expect(image).toMatchObject({ ownerId: "u-1", width: 896, height: 1200, thumbnailEtag: image.etag, goneAt: null });
    expect(image.key).toMatch(/^generated\/u-1\/\d{4}\/\d\d\/run-\d+-[0-9a-f]{8}-[12]\.png$/);
  }
  const records = await world.db.generation.findMany({
    where: { imageId: { not: null } },
    orderBy: { id: "asc" },
    include: { references: { orderBy: { position: "asc" } } },
  });
  expect(records).toHaveLength(2);
  expect(records[0]).toMatchObject({
    prompt: asked.prompt,
    mode: "tone+angle",
    finishReason: "STOP",
    model: asked.model,
  });
  expect(records[0]?.references).toMatchObject([{ imageId: ownId }, { key: FRONT, etag: expect.any(String) }]);
  expect(JSON.parse(records[0]?.record ?? "").more).toMatchObject({
    usd: expect.any(Number),
    modelVersion: asked.model,
  });

  const calls = await world.calls(planned.id);
  expect(calls.map(({ outcome }) => outcome)).toEqual(["drawn", "drawn"]);
  const usd = calls.reduce((sum, call) => sum + (call.usd ?? 0), 0);
  expect(usd).toBeGreaterThanOrEqual(quoted?.expectedUsd ?? Number.NaN);
  expect(usd).toBeLessThanOrEqual(quoted?.mostUsd ?? Number.NaN);
  expect((await sumSpend(world.ports, { since: new Date(0) })).spentUsd).toBeCloseTo(usd, 9);
  const quotas = await listQuotas(world.ports);
  expect(quotas.find(({ model }) => model === asked.model)).toMatchObject({ today: 2, lastMinute: { requests: 2 } });
});

test("a budget of two for four: two are drawn, the run pauses and says so, and a raised one draws the rest", async () => {
  const world = await openDrawing();
  const planned = await world.plan({ count: 4 }, 0.1);
  expect(planned.summary?.warnings?.[0]).toMatch(
    /^The budget of \$0\.10 is less than the quote of \$0\.13 for 4 pictures/,
  );
  const paused = await world.apply(planned);
  expect(paused).toMatchObject({ status: "paused", succeeded: 2, failed: 0 });
  expect(paused.pauseReason).toMatch(/^The budget of \$0\.10 leaves no room for another call: \$0\.07\d* is spent, /);
  expect(await readDrawRun(world.ports, planned.id)).toMatchObject({ budgetUsd: 0.1, reservedUsd: 0 });
  await raiseDrawBudget(world.ports, { runId: planned.id, budgetUsd: 1, actor });
  expect(await world.work(planned.id)).toMatchObject({ status: "succeeded", succeeded: 4 });
  expect(Object.values(world.gemini.calls().drawn)).toEqual([1, 1, 1, 1]);
});

test("a reference that is deleted or replaced after the plan stops its pictures before anything is paid", async () => {
  const world = await openDrawing();
  const gone = await world.plan({ references: frontWarm, count: 2 });
  const replaced = await world.plan({ references: frontWarm });
  const { body } = await world.storage.get("references/01. Model/front_warm/03.png");
  await world.storage.put(FRONT, body, { contentType: "image/png" });
  expect(await world.apply(replaced)).toMatchObject({ succeeded: 0, skipped: 1 });
  await world.storage.delete(FRONT);
  expect(await world.apply(gone)).toMatchObject({ succeeded: 0, skipped: 2 });
  expect((await world.items(replaced.id))[0]?.reason).toBe(
    `The reference “${FRONT}” was replaced since the plan was made, so picture 1 was not drawn and nothing was paid for it. Start a new run to draw from what is there now.`,
  );
  expect((await world.items(gone.id))[1]?.reason).toContain(
    "was deleted or moved since the plan was made, so picture 2",
  );
  expect(world.gemini.bill().calls).toBe(0);
});

test.each([
  ["image-safety", "image-safety", /its safety filter holds it back\. \(IMAGE_SAFETY\) Describe .* does not charge/, 1],
  [
    "prohibited",
    "prohibited-content",
    /does not allow what was asked for\. \(PROHIBITED_CONTENT\) .*Google charges for/,
    1,
  ],
  ["prompt-blocked", "prohibited-content", /Gemini refused the request: Google’s policy/, 1],
  ["recitation", "recitation", /too close to a known work\. \(RECITATION\) Name no artist/, 1],
  ["no-image", "no-image", /drew none\. \(NO_IMAGE\) Say plainly/, 2],
  ["text-only", "no-image", /answered in words and drew nothing\. .* It says: “I’m unable to draw that/, 2],
  ["no-picture", "no-picture", /and they are none\. Draw it again\./, 2],
] as const)(
  "%s fails for its own reason, with what to change and what was paid",
  async (fault, errorClass, said, calls) => {
    const world = await openDrawing({ knobs: { rules: [{ fault }] } });
    const run = await world.draw();
    expect(run).toMatchObject({ status: "succeeded", succeeded: 0, failed: 1 });
    const [item] = await world.items(run.id);
    expect(item).toMatchObject({ errorClass, error: expect.stringMatching(said) });
    expect(await world.calls(run.id)).toHaveLength(calls);
    expect(await world.db.generation.findMany()).toMatchObject([{ imageId: null, prompt: asked.prompt }]);
  },
);

test("without a picture the model is asked once more", async () => {
  const world = await openDrawing({ knobs: { rules: [{ fault: "no-image", times: 1 }] } });
  const run = await world.draw();
  expect(run).toMatchObject({ succeeded: 1, failed: 0 });
  expect((await world.calls(run.id)).map(({ outcome, usd }) => [outcome, usd === 0])).toEqual([
    ["no-image", true],
    ["drawn", false],
  ]);
});

test("two pictures in one answer are told; the first is kept", async () => {
  const world = await openDrawing({ knobs: { rules: [{ fault: "two-images" }] } });
  const run = await world.draw();
  const [item] = await world.items(run.id);
  expect(JSON.parse(item?.after ?? "").notes[0]).toContain("Gemini drew 2 pictures and charges for each");
});

test("undo moves the pictures to the trash, but not those that were used or changed since; its own undo brings them back", async () => {
  const world = await openDrawing();
  const run = await world.draw({ count: 3 });
  const [labeled, from, free] = await world.drawn();
  if (!labeled || !from || !free) throw new Error("Nothing was drawn");
  const label = { attribute: "tone", value: "warm", etag: labeled.etag, source: "person", acceptedBy: "operator:1" };
  await world.db.label.create({ data: { ...label, imageId: labeled.id, rev: 1, acceptedAt: new Date() } });
  await world.draw({ images: [from.id] });
  const undo = await world.planUndo(run.id);
  expect(undo.summary?.conflicts).toEqual({
    count: 2,
    sample: expect.arrayContaining([
      `“${labeled.key}” has labels by now, so it stays.`,
      `“${from.key}” was drawn from since, so it stays.`,
    ]),
  });
  expect(await world.apply(undo)).toMatchObject({ succeeded: 1, skipped: 2 });
  expect(await world.storage.head(free.key)).toBeNull();
  expect(await world.storage.head(`trash/run-${run.id}/${free.key}`)).not.toBeNull();
  expect((await world.db.image.findUniqueOrThrow({ where: { id: free.id } })).goneAt).not.toBeNull();
  expect(await world.undo(undo.id)).toMatchObject({ succeeded: 1 });
  expect(await world.storage.head(free.key)).not.toBeNull();
  expect((await world.db.image.findUniqueOrThrow({ where: { id: free.id } })).goneAt).toBeNull();
});

test("a worker that dies once the picture lies there leaves it to the next, which pays nothing", async () => {
  const world = await openDrawing();
  const run = await world.draw();
  const [image] = await world.drawn();
  // As of before anything but the reservation was written.
  await world.db.generation.deleteMany();
  await world.db.image.deleteMany({ where: { id: image?.id ?? 0 } });
  await world.db.drawCall.updateMany({ data: { outcome: "reserved", usd: null, finishedAt: null } });
  await world.db.jobItem.updateMany({ where: { runId: run.id }, data: { outcome: null, after: null } });
  await world.db.jobChunk.updateMany({ where: { runId: run.id }, data: { status: "open", succeeded: 0 } });
  await world.db.jobRun.update({ where: { id: run.id }, data: { status: "running", finishedAt: null } });
  expect(await world.work(run.id)).toMatchObject({ status: "succeeded", succeeded: 1 });
  expect(await world.calls(run.id)).toMatchObject([{ outcome: "drawn", usd: expect.any(Number) }]);
  expect(await world.drawn()).toMatchObject([{ key: image?.key, etag: image?.etag }]);
  expect(await world.db.generation.count()).toBe(1);
  expect(Object.values(world.gemini.calls().drawn)).toEqual([1]);
});

test.each([
  ["an empty prompt", { prompt: "  " }, "Say in the prompt what the picture is to show."],
  [
    "a prompt of 20,000 characters",
    { prompt: "warm ".repeat(4_000) },
    "The prompt is longer than 8,000 characters. Shorten it.",
  ],
  ["nine pictures", { count: 9 }, "Draw at most 8 pictures at once."],
  ["an unknown model", { model: "gemini-9-image" }, "“gemini-9-image” is in no list of models that draw."],
  ["an unknown size", { size: "512" }, "does not draw pictures of size “512”. Choose 1K, 2K, 4K."],
  ["an unknown owner", { ownerId: "nobody" }, "There is no owner “nobody”."],
  ["an image that is not there", { images: [999] }, "There is no image 999. Choose another."],
  [
    "a tone that is not listed",
    { references: { ...frontWarm, attributes: { angle: "front", tone: "loud" } } },
    "There is no tone called “loud”",
  ],
] as const)("%s is refused with what to do, and no run is made", async (_, request, said) => {
  const { ports, db } = await openDrawing();
  const before = await db.jobRun.count();
  const start = startDrawing(ports, { request: { ...asked, ...request }, budgetUsd: 1, actor });
  await expect(start).rejects.toThrow(said);
  expect(await db.jobRun.count()).toBe(before);
});
