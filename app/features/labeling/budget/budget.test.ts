import { describe, expect, test } from "vitest";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { askModel } from "~/features/labeling/asking/ask-model.server";
import { openLabelRun } from "~/features/labeling/asking/open-label-run.server";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { openStudio, portrait } from "../../../../tests/support/world/studio";
import { explainSpentBudget } from "./budget";
import { raiseBudget } from "./raise-budget.server";

const actor = { id: "operator:1", name: "Mina" };

test("calls in flight are waited for: no image is skipped, and the run pauses with its numbers once none is", async () => {
  const { ports, gemini, index, label, carryOut } = await openStudio({ knobs: { latencyMs: 60 } });
  await index();
  const budgetUsd = 0.0072;
  const { run, runId } = await label({ budgetUsd });
  expect(run).toMatchObject({ status: "paused", failed: 0, skipped: 0 });
  expect(run.pauseReason).toMatch(
    /^The budget of \$0\.0072 leaves no room for another call: \$0\.00\d+ is spent, and one call may cost \$0\.006\d*\. Raise the budget, then resume\.$/,
  );
  const calls = await ports.db.modelCall.findMany();
  const [spent, most] = [calls.reduce((sum, { usd }) => sum + (usd ?? 0), 0), calls[0]?.reservedUsd ?? 0];
  expect(spent).toBeLessThanOrEqual(budgetUsd);
  expect(spent + most).toBeGreaterThan(budgetUsd);
  expect(run.succeeded).toBe(calls.length);

  await raiseBudget(ports, { runId, budgetUsd: 0.05, actor });
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0, skipped: 0 });
  expect(gemini.calls().total).toBe(6);
  expect((await readLabelRun(ports, runId)).budgetUsd).toBe(0.05);
  const events = await ports.db.auditEvent.findMany({ where: { subject: `run:${runId}`, actor: actor.id } });
  expect(events.map(({ sentence }) => sentence)).toEqual([
    `Raised the budget of run ${runId} (Label images in the root “Model”) from $0.0072 to $0.0500`,
    `Resumed run ${runId} (Label images in the root “Model”)`,
  ]);
});

describe("a usage that is not known leaves the reservation standing, and is never a credit", () => {
  test.each(["none", "negative", "fractional", "huge", "text", "zero"] as const)("%s", async (usage) => {
    const { ports, index, label } = await openStudio({ knobs: { rules: [{ usage }] } });
    await index();
    const { run, runId } = await label({ budgetUsd: 0.015 });
    const calls = await ports.db.modelCall.findMany();
    expect(calls.map(({ outcome, usd }) => [outcome, usd])).toEqual([
      ["labelled", null],
      ["labelled", null],
    ]);
    const reserved = calls.reduce((sum, { reservedUsd }) => sum + reservedUsd, 0);
    expect((await readLabelRun(ports, runId)).totals).toMatchObject({
      spentUsd: 0,
      reservedUsd: expect.closeTo(reserved, 12),
      unknownUsd: expect.closeTo(reserved, 12),
      outputTokens: 0,
    });
    expect(run).toMatchObject({ status: "paused", succeeded: 2, failed: 0, skipped: 0 });
    expect(run.pauseReason).toMatch(/\$0\.00 is spent, \$0\.013\d* is reserved for calls of unknown cost, /);
  });
});

test("what a dead worker reserved is waited for while it may be in flight, and counts for good afterwards", async () => {
  const { ports, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start({ budgetUsd: 0.008 });
  await carryOut(runId, { apply: false });
  const { id: labelRunId } = await ports.db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const image = await ports.db.image.findFirstOrThrow();
  const reservation = { labelRunId, imageId: image.id, requestHash: "of a dead worker", outcome: "reserved" };
  await ports.db.modelCall.create({ data: { ...reservation, reservedUsd: 0.005, createdAt: new Date() } });
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const carried = carryOut(runId, { worker: { ...ports, clock } });
  await expect
    .poll(() => ports.db.jobChunk.count({ where: { runId, waitingFor: { contains: "calls in progress" } } }))
    .toBe(1);
  aheadMs = 2 * 60_000;
  expect(await carried).toMatchObject({
    status: "paused",
    done: 0,
    pauseReason: expect.stringContaining("$0.0050 is reserved for calls of unknown cost"),
  });
});

test("that it waits for calls in flight is said no longer once its own call is", async () => {
  const { ports, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start({ budgetUsd: 0.008 });
  await carryOut(runId, { apply: false });
  const run = await openLabelRun(ports, runId);
  const { id: imageId } = await ports.db.image.findFirstOrThrow();
  const question = { labelRunId: run.id, imageId, requestHash: "of this image" };
  const other = { ...question, reservedUsd: 0.005, outcome: "reserved", createdAt: new Date() };
  const { id } = await ports.db.modelCall.create({ data: other });
  const said: (string | null)[] = [];
  const saidAtCall: (string | null | undefined)[] = [];
  const model: typeof ports.model = {
    ...ports.model,
    label(request) {
      saidAtCall.push(said.at(-1));
      return ports.model.label(request);
    },
  };
  const image = { bytes: await portrait(2, "front", "warm", "50s"), contentType: "image/png" };
  const asked = askModel(
    { ...ports, model },
    run,
    { question, image },
    {
      signal: new AbortController().signal,
      waiting: (reason) => said.push(reason),
    },
  );
  await expect.poll(() => said.at(-1)).toBe("The rest of the budget is reserved for calls in progress.");
  await ports.db.modelCall.update({ where: { id }, data: { outcome: "failed", usd: 0 } });
  expect(await asked).toMatchObject({ kind: "labelled" });
  expect(saidAtCall).toEqual([null]);
});

test.each([
  [0.5, /already\. Give more than that/],
  [0.1, /\$0\.50 already/],
])("a budget of $0.50 cannot become $%d", async (budgetUsd, sentence) => {
  const { ports, index, start } = await openStudio();
  await index();
  const { runId } = await start({ budgetUsd: 0.5 });
  await expect(raiseBudget(ports, { runId, budgetUsd, actor })).rejects.toThrow(sentence);
});

test("a budget that is raised as somebody else resumes the run is raised, and no refusal says otherwise", async () => {
  const { ports, index, start } = await openStudio();
  await index();
  const { runId } = await start({ budgetUsd: 0.5 });
  await ports.db.jobRun.update({ where: { id: runId }, data: { status: "paused" } });
  // They are quicker by a moment: after the look at the run, before the first write.
  let isResumed = false;
  const $write: typeof ports.db.$write = async (work) => {
    if (!isResumed) await resumeRun(ports, { runId, actor });
    isResumed = true;
    return ports.db.$write(work);
  };
  const db = new Proxy(ports.db, { get: (all, name) => (name === "$write" ? $write : Reflect.get(all, name)) });
  await raiseBudget({ ...ports, db }, { runId, budgetUsd: 1, actor });
  expect((await readLabelRun(ports, runId)).budgetUsd).toBe(1);
  expect((await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } })).status).toBe("pending");
});

test("a run that has ended, or has no budget, keeps it so", async () => {
  const { ports, index, start, label } = await openStudio();
  await index();
  const { runId: without } = await start({ budgetUsd: null });
  await expect(raiseBudget(ports, { runId: without, budgetUsd: 1, actor })).rejects.toThrow(/has no budget/);
  const { runId: ended } = await label({ budgetUsd: 1 });
  await expect(raiseBudget(ports, { runId: ended, budgetUsd: 2, actor })).rejects.toThrow(/has ended/);
  await expect(raiseBudget(ports, { runId: 9_999, budgetUsd: 2, actor })).rejects.toThrow(/no label run 9999/);
});

test("says the numbers", () => {
  expect(explainSpentBudget({ budgetUsd: 0.05, spentUsd: 0.0341, unknownUsd: 0.012, callUsd: 0.0041 })).toBe(
    "The budget of $0.0500 leaves no room for another call: $0.0341 is spent, $0.0120 is reserved for calls of unknown cost, and one call may cost $0.0041. Raise the budget, then resume.",
  );
});
