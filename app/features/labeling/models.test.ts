import { expect, test } from "vitest";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { knobsSchema } from "../../../scripts/dev/gemini/knobs";
import { openStudio } from "../../../tests/support/world/studio";
import { keepPromptVersion, readPromptContent, requestHash } from "./prompts/prompt-versions.server";
import { tryPrompt } from "./trying/try-prompt.server";

const UNHEARD_OF = "gemini-unheard-of";
const listing = (...names: string[]) => ({ models: [...knobsSchema.parse({}).models, ...names] });

test("a model of unknown price is refused with a budget before a run exists", async () => {
  const { ports, start } = await openStudio({ model: UNHEARD_OF });
  await expect(start({ budgetUsd: 1 })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/^The price of “gemini-unheard-of” is not known, .*gemini-3\.5-flash-lite/),
  });
  expect(await ports.db.jobRun.count()).toBe(0);
  expect(await ports.db.labelRun.count()).toBe(0);
});

test("without a budget it may go, and what it costs is unknown, not nothing", async () => {
  const { ports, index, label } = await openStudio({ model: UNHEARD_OF, knobs: listing(UNHEARD_OF) });
  await index();
  const { run, runId } = await label();
  expect(run).toMatchObject({ status: "succeeded", succeeded: 6 });
  expect(run.summary?.quote).toBeUndefined();
  expect(run.summary?.facts).toContainEqual({
    label: "Cost",
    value: "unknown: no price of gemini-unheard-of is known",
  });
  const calls = await ports.db.modelCall.findMany();
  expect(calls.map(({ usd, reservedUsd }) => [usd, reservedUsd])).toEqual(Array(6).fill([null, 0]));
  expect(calls[0]?.imageTokens).toBe(4 * 1_120);
  expect((await readLabelRun(ports, runId)).totals).toMatchObject({ quoteUsd: null, calls: 6, callsOfUnknownCost: 6 });
});

test("a run whose model loses its price while it has a budget pauses and says so", async () => {
  const { ports, index, start, carryOut } = await openStudio({ model: UNHEARD_OF, knobs: listing(UNHEARD_OF) });
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  await ports.db.labelRun.update({ where: { jobRunId: runId }, data: { budgetUsd: 1 } });
  expect(await carryOut(runId)).toMatchObject({
    status: "paused",
    done: 0,
    pauseReason: expect.stringMatching(/^The price of “gemini-unheard-of” is not known any more, .* then resume\.$/),
  });
  expect(await ports.db.modelCall.count()).toBe(0);
});

test("a model that the API does not list ends the plan with what to choose instead", async () => {
  const { index, label } = await openStudio({ knobs: { models: ["gemini-3.8-flash"] } });
  await index();
  expect((await label()).run).toMatchObject({
    status: "failed",
    error: expect.stringMatching(
      /^Gemini does not list “gemini-3\.5-flash-lite”.* Choose one of gemini-3\.8-flash, in/,
    ),
  });
});

test("a model that has ended is refused from that day on", async () => {
  const { ports, start } = await openStudio({ model: "gemini-2.5-flash" });
  const clock = { now: () => new Date("2026-12-01T00:00:00Z") };
  await expect(start({}, { ...ports, clock })).rejects.toMatchObject({
    message: expect.stringContaining("no longer served since December 1, 2026. Choose gemini-3.5-flash-lite"),
  });
});

test("a model that ends after the plan is not asked: the run pauses, and a try is refused", async () => {
  const { ports, gemini, index, start, carryOut } = await openStudio({
    model: "gemini-2.5-flash",
    knobs: { ...listing("gemini-2.5-flash"), answersAs: "gemini-3.5-flash-lite" },
  });
  await index();
  const on = (day: string) => ({ ...ports, clock: { now: () => new Date(day) } });
  const [before, after] = [on("2026-11-30T23:30:00Z"), on("2026-12-01T00:00:00Z")];
  const { runId } = await start({}, before);
  expect(await carryOut(runId, { apply: false, worker: before })).toMatchObject({ status: "planned", planned: 6 });
  const ended =
    "“gemini-2.5-flash” is no longer served since December 1, 2026. Choose gemini-3.5-flash-lite, in GEMINI_MODEL or in the prompt.";
  expect(await carryOut(runId, { worker: after })).toMatchObject({
    status: "paused",
    done: 0,
    pauseReason: `${ended} Cancel this run: what it has proposed stays.`,
  });
  const { id: versionId } = await ports.db.promptVersion.findFirstOrThrow();
  const { id: imageId } = await ports.db.image.findFirstOrThrow({ where: { key: { endsWith: "02.png" } } });
  const actor = { id: "operator:1", name: "Mina" };
  await expect(tryPrompt(after, { versionId, imageId, actor })).rejects.toThrow(ended);
  expect(gemini.calls().total).toBe(0);
  expect(await ports.db.modelCall.count()).toBe(0);
});

test("each call costs what its model cost when it was made", async () => {
  const { ports, index, start, carryOut } = await openStudio({ model: "gemini-4-argon" });
  await index();
  const totalOf = async (day: string) => {
    const worker = { ...ports, clock: { now: () => new Date(day) } };
    const { runId } = await start({ only: "all" }, worker);
    await carryOut(runId, { worker });
    return (await readLabelRun(worker, runId)).totals;
  };
  const before = await totalOf("2026-11-30T23:59:00Z");
  const after = await totalOf("2026-12-01T00:01:00Z");
  expect(before.spentUsd).toBeGreaterThan(0);
  expect(after.spentUsd).toBeCloseTo(before.spentUsd * 2, 10);
  expect(after.quote?.mostUsd).toBeCloseTo((before.quote?.mostUsd ?? 0) * 2, 10);
});

test("a call costs what the model costs that answered it", async () => {
  const { ports, index, label } = await openStudio({ knobs: { answersAs: "gemini-3.8-flash" } });
  await index();
  const { run } = await label();
  expect(run).toMatchObject({ status: "succeeded", succeeded: 6 });
  for (const call of await ports.db.modelCall.findMany()) {
    expect(call).toMatchObject({ model: "gemini-3.5-flash-lite", modelVersion: "gemini-3.8-flash" });
    const input = (call.promptTokens ?? 0) + (call.imageTokens ?? 0);
    expect(call.usd).toBeCloseTo(input * 0.75e-6 + (call.outputTokens ?? 0) * 3.75e-6, 10);
  }
});

test("what was answered before a parameter was dropped is known, and not asked about again", async () => {
  const { ports, gemini, index, label } = await openStudio();
  await index();
  await label();
  const version = await ports.db.promptVersion.findFirstOrThrow();
  const content = readPromptContent(version);
  expect(content.settings).not.toHaveProperty("temperature");
  // As it was then: the same version with a temperature, under whose hash the answers are kept.
  const former = await keepPromptVersion(ports, "Personas", {
    ...content,
    settings: { ...content.settings, temperature: 0 },
  });
  expect(former.hash).not.toBe(version.hash);
  for (const { id, etag } of await ports.db.image.findMany()) {
    await ports.db.modelCall.updateMany({
      where: { imageId: id },
      data: { requestHash: requestHash(former.hash, etag) },
    });
  }
  const { run } = await label();
  expect(run).toMatchObject({ status: "succeeded", planned: 0 });
  expect(run.summary?.leftOut).toContainEqual({ what: "Answered before with this prompt", count: 6 });
  expect(gemini.calls().total).toBe(6);
});
