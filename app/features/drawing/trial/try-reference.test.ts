import { expect, test } from "vitest";
import { setReference } from "~/features/attribute-groups/actions/set-reference.server";
import { raiseDrawBudget } from "~/features/drawing/raise-draw-budget.server";
import { readDrawRun } from "~/features/drawing/read-draw-run.server";
import { readBegun } from "~/features/drawing/studio/begun-form.server";
import { readStudio } from "~/features/drawing/studio/read-studio.server";
import { sumSpend } from "~/features/model-calls/sum-spend.sql.server";
import { actor, asked, frontWarm, openDrawing } from "../../../../tests/support/world/drawing-world";
import { offerTrial } from "./offer-trial.server";
import { previewTrial } from "./preview-trial.server";
import { readTrial } from "./read-trial.server";
import { startTrial } from "./start-trial.server";

const FRONT = "references/01. Model/front_warm/";
const OLD = `${FRONT}reference.png`;
const NEW = `${FRONT}02.png`;
/** 1,120 tokens of a picture at $30 for a million. */
const PICTURE_USD = 0.0336;

type Options = Parameters<typeof openDrawing>[0];

/** A world whose operators are about to set another reference of front_warm. */
async function openTrial(options?: Options) {
  const world = await openDrawing(options);
  const { ports, db } = world;
  const swapPlan = async (key = NEW) => world.work(await world.start(setReference, { root: "Model", key }));
  /** Starts a trial of a plan with what its page would show, up to its own plan. */
  async function planTrial(planId: number, budgetUsd = 1) {
    const { generations } = await previewTrial(ports, planId);
    const ids = generations.map(({ id }) => id);
    return world.work((await startTrial(ports, { planId, generations: ids, budgetUsd, actor })).runId);
  }
  const generationsOf = (runId: number) =>
    db.generation.findMany({
      where: { id: { startsWith: `studio-${runId}-` } },
      orderBy: { id: "asc" },
      include: { image: true, references: { orderBy: { position: "asc" } } },
    });
  return { ...world, swapPlan, planTrial, generationsOf };
}

test("the newest three are drawn with the old reference as they were, and with the new one, and nothing else differs", async () => {
  const world = await openTrial();
  const { ports } = world;
  const own = await world.db.image.findUniqueOrThrow({ where: { key: `${FRONT}03.png` } });
  await world.draw({ prompt: "A hat, the oldest", references: frontWarm });
  const runs = [
    await world.draw({ prompt: "A person in the hills", references: frontWarm, images: [own.id] }),
    await world.draw({ prompt: "A person at the sea", references: frontWarm, count: 2 }),
    await world.draw({ prompt: "A person in the snow", references: frontWarm, aspectRatio: "1:1" }),
  ];
  const plan = await world.swapPlan();
  expect(await offerTrial(ports, plan)).toEqual({
    what: "“reference.png” of “front_warm”",
    generations: 3,
    leftOut: [{ what: "the same prompt as a newer one", count: 1 }],
  });
  const calls = world.gemini.bill().calls;
  const preview = await previewTrial(ports, plan.id);
  expect(preview).toMatchObject({ old: { key: OLD }, new: { key: NEW, imageId: expect.any(Number) } });
  expect(preview.generations.map(({ prompt }) => prompt)).toEqual([
    "A person in the snow",
    "A person at the sea",
    "A person in the hills",
  ]);
  expect(preview.usd).toBeGreaterThan(6 * PICTURE_USD);

  const planned = await world.planTrial(plan.id, preview.mostUsd ?? 0);
  expect(planned).toMatchObject({
    title: `Try “${NEW}” as the reference of 3 generations`,
    status: "planned",
    planned: 6,
    summary: { quote: { expectedUsd: preview.usd, mostUsd: preview.mostUsd } },
  });
  expect(planned.summary?.warnings).toBeUndefined();
  expect(world.gemini.bill().calls).toBe(calls);
  expect(await readTrial(ports, planned)).toMatchObject([
    { prompt: "A person in the snow", old: { state: "open" }, new: { state: "open" } },
    {},
    {},
  ]);

  expect(await world.apply(planned)).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0, skipped: 0 });
  const rows = (await readTrial(ports, planned)) ?? [];
  expect(rows.map((row) => [row.old.state, row.new.state])).toEqual(Array(3).fill(["drawn", "drawn"]));
  const made = await world.generationsOf(planned.id);
  const originals = (await Promise.all(runs.map(({ id }) => world.generationsOf(id)))).flat();
  for (const { generation, old, new: other } of rows) {
    const original = originals.find(({ id }) => id === generation);
    const ofPicture = (picture: typeof old) =>
      made.find(({ imageId }) => picture.state === "drawn" && imageId === picture.id);
    const [before, after] = [ofPicture(old), ofPicture(other)];
    // The same request gives the same bytes: all that was asked for then was asked for again.
    expect(before?.image?.sha256).toBe(original?.image?.sha256);
    expect(after?.image?.sha256).not.toBe(original?.image?.sha256);
    const keys = (one: typeof before) => one?.references.map(({ key }) => key);
    expect(keys(before)).toEqual(keys(original));
    expect(keys(after)).toEqual(keys(original)?.map((key) => (key === OLD ? NEW : key)));
    expect([before?.mode, after?.mode]).toEqual(["trial", "trial"]);
    expect(JSON.parse(after?.record ?? "").more.trial).toEqual({ generation, reference: "new" });
  }
  for (const { image } of made) {
    expect(image?.key).toMatch(/^generated\/unowned\/\d{4}\/\d\d\/run-\d+-[0-9a-f]{8}-[1-6]\.png$/);
    expect(image?.ownerId).toBeNull();
    expect(image?.thumbnailEtag).toBe(image?.etag);
  }
  const paid = await readDrawRun(ports, planned.id);
  expect(paid?.spentUsd).toBeGreaterThan(6 * PICTURE_USD);
  expect(paid?.spentUsd).toBeLessThanOrEqual(preview.mostUsd ?? 0);
  expect((await sumSpend(ports, { since: new Date(0) })).spentUsd).toBeGreaterThan(paid?.spentUsd ?? Number.NaN);

  // What a trial has drawn is not tried again.
  expect((await previewTrial(ports, plan.id)).generations).toEqual(preview.generations);
  expect(await world.undo(planned.id)).toMatchObject({ succeeded: 6, skipped: 0 });
  expect(await readTrial(ports, planned)).toMatchObject(
    Array(3).fill({ old: { state: "gone" }, new: { state: "gone" } }),
  );
});

test("left out is what has no picture, another picture then, a picture that is lost, or the reference as someone's own; two that are left are all", async () => {
  const world = await openTrial({ knobs: { rules: [{ fault: "image-safety", times: 1 }] } });
  const { db, ports } = world;
  const idOf = async (key: string) => (await db.image.findUniqueOrThrow({ where: { key } })).id;
  await world.draw({ prompt: "refused", references: frontWarm });
  await world.draw({ prompt: "the reference as an own image", images: [await idOf(OLD)] });
  const lost = "references/01. Model/profile_cool/03.png";
  await world.draw({ prompt: "from a picture that is lost", references: frontWarm, images: [await idOf(lost)] });
  await db.image.update({ where: { key: lost }, data: { goneAt: new Date() } });
  await world.draw({ prompt: "the first of two", references: frontWarm });
  await world.draw({ prompt: "the second of two", references: frontWarm });
  const other = await db.image.findFirstOrThrow({ where: { kind: "generated" } });
  const { etag, ...old } = await db.image.findUniqueOrThrow({ where: { key: OLD } });
  const record = (id: string, model: string | null, then: string | null) => ({
    ...{ id, prompt: id, model, imageId: other.id, record: "{}", hash: id, createdAt: ports.clock.now() },
    references: {
      create: { position: 1, imageId: old.id, key: OLD, etag: then, createdAt: ports.clock.now() },
    },
  });
  await db.generation.create({ data: record("of another picture", asked.model, "former") });
  await db.generation.create({ data: record("of no model that draws", "gemini-9-image", etag) });
  const plan = await world.swapPlan();
  const { generations, leftOut } = await previewTrial(ports, plan.id);
  expect(generations.map(({ prompt }) => prompt)).toEqual(["the second of two", "the first of two"]);
  expect(Object.fromEntries(leftOut.map(({ what, count }) => [what, count]))).toEqual({
    "no picture came of it": 1,
    "not injected as a reference there": 1,
    "drawn from a picture that is gone or changed": 2,
    "its model cannot be asked for this now": 1,
  });
  expect(await world.planTrial(plan.id)).toMatchObject({ planned: 4 });
});

test("a record of the image agent is tried by what it says, and drawn again from what its trial showed", async () => {
  const world = await openTrial();
  const { db, ports } = world;
  await world.draw();
  const [image] = await world.drawn();
  const { id, etag } = await db.image.findUniqueOrThrow({ where: { key: OLD } });
  const createdAt = ports.clock.now();
  await db.generation.create({
    data: {
      ...{ id: "agent-1", prompt: "A warm portrait", mode: "tone", model: asked.model, imageId: image?.id ?? 0 },
      ...{ record: "{}", hash: "agent-1", createdAt },
      references: { create: { position: 1, imageId: id, key: OLD, etag, createdAt } },
    },
  });
  const trial = await world.apply(await world.planTrial((await world.swapPlan()).id));
  expect(trial).toMatchObject({ succeeded: 2 });
  const [, swapped] = await world.generationsOf(trial.id);
  expect(swapped?.references).toMatchObject([{ key: NEW }]);
  const { form: empty } = await readStudio(ports, new URLSearchParams());
  const begun = await readBegun(db, { run: null, generation: swapped?.id ?? "" }, empty);
  expect(begun.form).toMatchObject({ mode: "none", images: [swapped?.references[0]?.imageId] });
});

test("a plan that nothing used, or that was applied, is not tried", async () => {
  const world = await openTrial();
  const { ports } = world;
  const plan = await world.swapPlan();
  expect(await offerTrial(ports, plan)).toMatchObject({ generations: 0 });
  const start = (generations: string[] = []) =>
    startTrial(ports, { planId: plan.id, generations, budgetUsd: 1, actor });
  await expect(start()).rejects.toThrow(
    "No generation that used “reference.png” of “front_warm” can be drawn once more, so there is nothing to try.",
  );
  await world.draw({ references: frontWarm });
  await expect(start()).rejects.toThrow("Other generations would be drawn now than were shown");
  const begun = await world.planTrial(plan.id);
  const applied = await world.apply(plan);
  expect(await offerTrial(ports, applied)).toBeNull();
  await expect(previewTrial(ports, plan.id)).rejects.toThrow(`Run ${plan.id} is no plan that puts another reference`);
  await expect(previewTrial(ports, 999)).rejects.toThrow("There is no run 999.");
  // Where the old reference lay, the new one lies by now.
  expect(await world.apply(begun)).toMatchObject({ succeeded: 0, skipped: 2 });
  expect(await readTrial(ports, begun)).toMatchObject([
    { old: { state: "without", isFailed: false, why: expect.stringContaining("nothing was paid for it") } },
  ]);
});

test("a budget for one pair pauses the run, a raised one draws the rest, and a refusal stands in its place", async () => {
  const world = await openTrial();
  const { ports } = world;
  await world.draw({ prompt: "A person at the sea", references: frontWarm });
  await world.draw({ prompt: "A person in the hills", references: frontWarm });
  const planned = await world.planTrial((await world.swapPlan()).id, 0.1);
  expect(planned.summary?.warnings?.[0]).toMatch(
    /^The budget of \$0\.10 is less than the quote of \$0\.1\d for 4 pictures/,
  );
  const paused = await world.apply(planned);
  expect(paused).toMatchObject({ status: "paused", succeeded: 2 });
  expect(paused.pauseReason).toContain("Raise the budget, then resume.");
  world.gemini.setKnobs({ rules: [{ fault: "image-safety", times: 1 }] });
  await raiseDrawBudget(ports, { runId: planned.id, budgetUsd: 1, actor });
  const ended = await world.work(planned.id);
  expect(ended).toMatchObject({ status: "succeeded", succeeded: 3, failed: 1 });
  expect(ended.failures).toMatchObject([{ errorClass: "image-safety", count: 1 }]);
  const pictures = ((await readTrial(ports, planned)) ?? []).flatMap((row) => [row.old, row.new]);
  expect(pictures.map(({ state }) => state).sort()).toEqual(["drawn", "drawn", "drawn", "without"]);
  expect(pictures.find(({ state }) => state === "without")).toMatchObject({
    isFailed: true,
    why: expect.stringContaining("(IMAGE_SAFETY)"),
  });
});
