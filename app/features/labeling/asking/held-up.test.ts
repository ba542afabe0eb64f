import { expect, test } from "vitest";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { holdForQuota } from "~/features/model-quotas/hold-model.sql.server";
import { dayEnds } from "~/features/model-quotas/pacific-day";
import type { Ports } from "~/ports/index.server";
import { createModel } from "~/ports/model/model.server";
import { openStudio } from "../../../../tests/support/world/studio";
import { askModel } from "./ask-model.server";
import { openLabelRun } from "./open-label-run.server";

const actor = { id: "script:test", name: "test" };

test.each([
  ["quota-of-day", /^Gemini’s quota of the day is used up: /],
  ["spending-cap", /^The Google project has reached its spending cap: .*monthly spending cap/],
  ["no-quota", /^The Google project has no quota for gemini-3\.5-flash-lite: /],
  ["key-expired", /^Gemini does not accept the API key \(400\): API key expired/],
] as const)(
  "%s pauses the run at once with its reason; nothing has failed, and it goes on from there",
  async (fault, reason) => {
    const { ports, gemini, index, start, carryOut } = await openStudio();
    await index();
    const { runId } = await start();
    await carryOut(runId, { apply: false });
    gemini.setKnobs({ rules: [{ fault }] });
    const paused = await carryOut(runId);
    expect(paused).toMatchObject({ status: "paused", done: 0, failed: 0, pauseReason: expect.stringMatching(reason) });
    // Only a quota of a day is renewed by itself; the rest someone has to see to.
    expect(paused.pausedUntil).toEqual(fault === "quota-of-day" ? dayEnds(ports.clock.now()) : null);
    // The lanes that were in flight, and no call after them.
    expect(gemini.calls().rejected).toBeLessThanOrEqual(4);
    gemini.setKnobs({ rules: [] });
    await resumeRun(ports, { runId, actor });
    expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0, pauseReason: null });
    const items = await ports.db.jobItem.findMany({ where: { runId } });
    expect(items.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
  },
);

test("what a run waits for is on its page while it waits", async () => {
  const { ports, gemini, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  gemini.setKnobs({ rules: [{ fault: "rate-limit", times: 4 }], retryDelaySeconds: 4 });
  const carried = carryOut(runId);
  await expect.poll(async () => (await readRun(ports, runId))?.waiting?.reason).toMatch(/^Gemini’s quota is used up: /);
  expect(await carried).toMatchObject({ status: "succeeded", succeeded: 6, waiting: null });
});

test("a model that is overloaded holds all lanes back together and costs no attempt", async () => {
  const { ports, gemini, index, label } = await openStudio({ knobs: { rules: [{ fault: "overloaded", times: 6 }] } });
  await index();
  const { run, runId } = await label();
  expect(run).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0 });
  expect(gemini.calls()).toMatchObject({ total: 6, rejected: 6 });
  const items = await ports.db.jobItem.findMany({ where: { runId } });
  expect(items.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(await ports.db.modelCall.aggregate({ where: { outcome: "unavailable" }, _sum: { usd: true } })).toMatchObject({
    _sum: { usd: 0 },
  });
});

test("ten minutes of nothing but refusals pause the run with the reason", async () => {
  const { ports, gemini, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  gemini.setKnobs({ rules: [{ fault: "rate-limit" }], retryDelaySeconds: 0.1 });
  // Its clock goes four minutes further after each four refusals: far enough to pause in three steps, before the engine takes
  // the leases that run out by them for a worker that dies.
  const clock = { now: () => new Date(Date.now() + Math.floor(gemini.calls().rejected / 4) * 4 * 60_000) };
  expect(await carryOut(runId, { worker: { ...ports, clock } })).toMatchObject({
    status: "paused",
    done: 0,
    pauseReason: expect.stringMatching(
      /^No call got through for ten minutes\. Gemini’s quota is used up: .* Check the connection and Google’s status page, then resume\.$/s,
    ),
  });
});

/** A studio with a label run that is planned, and a worker whose calls find no one at Gemini's address until it is back. */
async function down() {
  const studio = await openStudio();
  await studio.index();
  const { runId } = await studio.start();
  await studio.carryOut(runId, { apply: false });
  // Nothing listens on port 2, which fetch does not refuse by itself as it does port 1.
  const env = {
    GEMINI_API_KEY: "test-key",
    GEMINI_BASE_URL: "http://127.0.0.1:2",
    GEMINI_MODEL: "gemini-3.5-flash-lite",
  };
  const { model } = studio.ports;
  let current = createModel(env);
  const worker: Ports = { ...studio.ports, model: { ...model, label: (request) => current.label(request) } };
  return { ...studio, runId, worker, comeBack: () => (current = model) };
}

test("while the API is down all calls are held with its reason, none costs, and the run goes on by itself once it is back", async () => {
  const { ports, carryOut, runId, worker, comeBack } = await down();
  const carried = carryOut(runId, { worker });
  await expect
    .poll(async () => (await ports.db.modelQuota.findFirst())?.holdReason)
    .toBe("Gemini could not be reached (ECONNREFUSED).");
  comeBack();
  expect(await carried).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0, waiting: null });
  const items = await ports.db.jobItem.findMany({ where: { runId } });
  expect(items.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
  const lost = await ports.db.modelCall.findMany({ where: { outcome: { not: "labelled" } } });
  expect(lost.map(({ outcome, usd }) => [outcome, usd])).toEqual(lost.map(() => ["unavailable", 0]));
});

test.each([
  ["at once", 1],
  ["after a wait in line", 2],
])("who is told to stop while a call is being reserved, %s, leaves no reservation behind", async (_, write) => {
  const { ports, gemini, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  const run = await openLabelRun(ports, runId);
  const { model } = run.content.settings;
  const held = new Date("2026-11-29T12:00:00Z");
  let now = held;
  const clock = { now: () => now };
  if (write === 2) {
    const limits = { requestsPerMinute: null, tokensPerMinute: null };
    await holdForQuota({ db: ports.db, clock }, { model, forMs: 50, reason: "Used up.", limits });
  }
  const end = new AbortController();
  let writes = 0;
  const db: typeof ports.db = Object.create(ports.db, {
    $write: {
      value(work: Parameters<typeof ports.db.$write>[0]) {
        writes++;
        if (writes === write) end.abort(new Error("told to stop"));
        return ports.db.$write(work);
      },
    },
  });
  const { id: imageId } = await ports.db.image.findFirstOrThrow();
  const question = { labelRunId: run.id, imageId, requestHash: "q" };
  const image = { bytes: Buffer.from("picture"), contentType: "image/jpeg" };
  const waiting = () => {
    now = new Date(held.getTime() + 50);
  };
  const asked = askModel({ ...ports, db, clock }, run, { question, image }, { signal: end.signal, waiting });
  await expect(asked).rejects.toThrow("told to stop");
  expect(writes).toBe(write);
  expect(await ports.db.modelCall.count()).toBe(0);
  expect(await ports.db.callTally.aggregate({ _sum: { reservedPico: true } })).toEqual({ _sum: { reservedPico: 0n } });
  expect(gemini.calls().total).toBe(0);
});

test("an API that was down for ten minutes pauses the run, with the reason and what to do", async () => {
  const { ports, runId, worker } = await down();
  const run = await openLabelRun(worker, runId);
  const patience = { answered: () => {}, isOver: () => true };
  const { id: imageId } = await ports.db.image.findFirstOrThrow();
  const question = { labelRunId: run.id, imageId, requestHash: "q" };
  const image = { bytes: Buffer.from("picture"), contentType: "image/jpeg" };
  const waiter = { signal: new AbortController().signal, waiting: () => {} };
  expect(await askModel(worker, { ...run, patience }, { question, image }, waiter)).toEqual({
    outcome: "open",
    pause: expect.stringMatching(
      /^No call got through for ten minutes\. Gemini could not be reached \(ECONNREFUSED\)\. Check the connection and Google’s status page, then resume\.$/,
    ),
  });
});
