import { expect, test } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import { cancelRun, pauseRun } from "~/features/job-runs/commands/steer-run.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import type { Ports } from "~/ports/index.server";
import { runsOf } from "../../../../tests/support/world/runs";
import { openStudio } from "../../../../tests/support/world/studio";
import { pilotLabelRun } from "./pilot";
import { startPilot } from "./start-pilot.server";

const actor = { id: "operator:1", name: "Mina" };

/** A studio with a label run that is planned, its prompt never asked before. */
async function planned(options: Parameters<typeof openStudio>[0] = {}) {
  const studio = await openStudio(options);
  await studio.index();
  const { runId } = await studio.start({ budgetUsd: 1 });
  const run = await studio.carryOut(runId, { apply: false });
  const view = () => readLabelRun(studio.ports, runId);
  async function pilot() {
    const { runId: pilotId } = await startPilot(studio.ports, { runId, actor });
    return runsOf(studio.ports).work(pilotId, { job: requireJob(jobKinds, pilotLabelRun.kind) });
  }
  return { ...studio, runId, run, view, pilot };
}

test("before any answer the quote goes by the schema, and says no p90; after a pilot by its answers", async () => {
  const { run, view, pilot, ports, gemini } = await planned();
  expect(run.summary?.quote).not.toHaveProperty("p90Usd");
  const before = await view();
  expect(before.totals.quote).toMatchObject({ basis: "schema", samples: 0, images: 6, p90Usd: null });
  expect(before.pilot).toMatchObject({ images: 6, last: null });

  expect(await pilot()).toMatchObject({ status: "succeeded", planned: 6, succeeded: 6 });
  const { totals, pilot: after, run: still } = await view();
  expect(totals.quote).toMatchObject({ basis: "version", samples: 6, callsPerImage: 1 });
  expect(totals.quote?.p90Usd).toBeGreaterThanOrEqual(totals.quote?.p50Usd ?? Number.POSITIVE_INFINITY);
  expect(totals.quoteUsd).toBe(totals.quote?.p50Usd);
  expect(still.status).toBe("planned");
  expect(still.summary?.quote).toMatchObject({
    expectedUsd: totals.quote?.p50Usd,
    p90Usd: totals.quote?.p90Usd,
    mostUsd: before.totals.quote?.mostUsd,
  });
  expect(after?.last?.isOver).toBe(true);
  // Paid by the run, and not yet proposed: a pilot is no review.
  expect(totals.spentUsd).toBeGreaterThan(0);
  expect(await ports.db.proposal.count()).toBe(0);
  expect(gemini.calls().total).toBe(6);
});

test("its answers are the run's first proposals, and are not bought again; quote and actual are one when all answers are alike", async () => {
  const { runId, view, pilot, carryOut, gemini, ports } = await planned();
  await pilot();
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0 });
  expect(gemini.calls().total).toBe(6);
  expect(await ports.db.proposal.count()).toBe(36);
  const { totals, pilot: over } = await view();
  expect(over).toBeNull();
  expect(totals).toMatchObject({ calls: 6, billedCalls: 6 });
  expect(totals.imageTokens).toBe((totals.quote?.call.image ?? 0) * 6);
  expect(totals.textTokens).toBe((totals.quote?.call.text ?? 0) * 6);
  expect(totals.quote?.p50Usd).toBeCloseTo(totals.spentUsd, 10);
});

test("what the model refuses in a pilot is refused in the run, without another call", async () => {
  const { runId, pilot, carryOut, gemini } = await planned({ knobs: { rules: [{ fault: "image-safety", times: 1 }] } });
  expect(await pilot()).toMatchObject({ succeeded: 5, failed: 1 });
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 5, failed: 1 });
  expect(gemini.calls().total).toBe(6);
});

test("a later run of the prompt is quoted by the answers of the earlier one, and another version by its name's", async () => {
  const { runId, carryOut, start, ports, put, index, view } = await planned();
  await carryOut(runId);
  const again = await start({ only: "all" });
  await carryOut(again.runId, { apply: false });
  expect((await readLabelRun(ports, again.runId)).totals.quote).toMatchObject({ basis: "version", samples: 6 });
  // Another example makes another version of “Personas”.
  const { etag = "" } = (await view()).prompt?.examples[0] ?? {};
  await put(
    "front_warm/reference.png",
    (await ports.storage.get("references/01. Model/front_warm/02.png", { maxBytes: 1e7 })).body,
  );
  await index();
  const other = await start({ only: "all" });
  await carryOut(other.runId, { apply: false });
  const later = await readLabelRun(ports, other.runId);
  expect(later.prompt?.examples[0]?.etag).not.toBe(etag);
  expect(later.totals.quote).toMatchObject({ basis: "name", samples: 6 });
});

test("there is one pilot at a time, and none of a run that was applied", async () => {
  const { runId, carryOut, ports } = await planned();
  const { runId: pilotId } = await startPilot(ports, { runId, actor });
  await expect(startPilot(ports, { runId, actor })).rejects.toMatchObject({
    code: "conflict",
    message: `Run ${pilotId}, a pilot of this label run, has not ended.`,
  });
  await cancelRun(ports, { runId: pilotId, actor });
  await carryOut(runId);
  await expect(startPilot(ports, { runId, actor })).rejects.toMatchObject({
    message: `Label run ${runId} does not wait to be applied, so there is nothing to try.`,
  });
});

test("a run is applied once no pilot of it asks any more, so that no image is paid for twice", async () => {
  const { run, runId, ports, gemini, carryOut } = await planned();
  const runs = runsOf(ports);
  const { runId: pilotId } = await startPilot(ports, { runId, actor });
  const refusal = async () => runs.apply(run).catch(({ code, message }) => `${code}: ${message}`);
  expect(await refusal()).toBe(
    `conflict: Run ${pilotId}, a pilot of this label run, has not ended. Wait until it does, or cancel it.`,
  );

  let asked = 0;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const as: Ports = {
    ...ports,
    model: {
      ...ports.model,
      async label(request) {
        asked++;
        await answered;
        return ports.model.label(request);
      },
    },
  };
  const carried = runs.work(pilotId, { as });
  await expect.poll(() => asked).toBeGreaterThan(0);
  await pauseRun(ports, { runId: pilotId, actor });
  expect(await refusal()).toBe(
    `conflict: Run ${pilotId}, a pilot of this label run, is paused. Resume or cancel it first.`,
  );
  await cancelRun(ports, { runId: pilotId, actor });
  expect(await refusal()).toBe(
    `conflict: Run ${pilotId}, a pilot of this label run, still has calls in progress. Wait some seconds, then apply again.`,
  );
  answer();
  await carried;
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 6 });
  expect(gemini.calls().total).toBe(6);
});

test("a pilot whose run is canceled asks no more than what it is asking just then", async () => {
  const { runId, ports, gemini } = await planned();
  const { runId: pilotId } = await startPilot(ports, { runId, actor });
  let canceled: Promise<void> | undefined;
  const as: Ports = {
    ...ports,
    model: {
      ...ports.model,
      async label(request) {
        canceled ??= cancelRun(ports, { runId, actor });
        await canceled;
        return ports.model.label(request);
      },
    },
  };
  const { status, succeeded, skipped } = await runsOf(ports).work(pilotId, { as });
  expect({ status, both: succeeded + skipped }).toEqual({ status: "succeeded", both: 6 });
  // Four are asked at once.
  expect(skipped).toBeGreaterThanOrEqual(2);
  expect(gemini.calls().total).toBe(succeeded);
});

test("what a pilot failed to ask is not retried once its run was applied", async () => {
  const { runId, pilot, carryOut, ports } = await planned({ knobs: { rules: [{ fault: "image-safety", times: 1 }] } });
  const { id: pilotId } = await pilot();
  await carryOut(runId);
  await expect(retryFailed(ports, jobKinds, { runId: pilotId, actor })).rejects.toMatchObject({
    message: `Label run ${runId} does not wait to be applied, so there is nothing to try.`,
  });
});
