import { expect, test } from "vitest";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { readUnlabelled } from "~/features/labeling/views/read-unlabelled.server";
import type { Db } from "~/ports/db.server";
import { createModel } from "~/ports/model/model.server";
import { openStudio } from "../../../../tests/support/world/studio";

/** The time for which items are parked is over. */
async function endParks(db: Db, runId: number) {
  await db.jobItem.updateMany({ where: { runId, parkedUntil: { not: null } }, data: { parkedUntil: new Date(0) } });
  await db.jobChunk.updateMany({ where: { runId }, data: { dueAt: new Date(0) } });
}

/** A studio with a label run that is planned, and Gemini's own name of one of its pictures. */
async function planned() {
  const studio = await openStudio();
  await studio.index();
  await studio.label();
  const [sha256 = ""] = Object.keys(studio.gemini.calls().byImage);
  const { runId } = await studio.start({ only: "all" });
  await studio.carryOut(runId, { apply: false });
  const { id: labelRunId } = await studio.ports.db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const calls = (outcome?: string) =>
    studio.ports.db.modelCall.findMany({ where: { labelRunId, ...(outcome && { outcome }) }, orderBy: { id: "asc" } });
  return { ...studio, runId, sha256, labelRunId, calls };
}

test("an image whose calls fail is parked after two of them, and costs no attempt or dollar", async () => {
  const { ports, gemini, carryOut, runId, sha256, calls } = await planned();
  gemini.setKnobs({ rules: [{ fault: "server-error", image: sha256, times: 3 }] });
  const carried = carryOut(runId);
  await expect
    .poll(async () => (await readRun(ports, runId)) ?? {})
    .toMatchObject({ done: 5, parked: { count: 1, reason: expect.stringMatching(/^Gemini failed \(500\): /) } });
  expect((await calls("failed")).map(({ usd }) => usd)).toEqual([0, 0]);
  await endParks(ports.db, runId);
  expect(await carried).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0 });
  const items = await ports.db.jobItem.findMany({ where: { runId } });
  expect(items.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
});

test("two calls of unknown end in a row buy no third before the image was parked", async () => {
  const { ports, gemini, carryOut, runId, sha256, calls } = await planned();
  gemini.setKnobs({ rules: [{ fault: "hang", image: sha256 }] });
  const env = { GEMINI_API_KEY: "test-key", GEMINI_BASE_URL: gemini.url, GEMINI_MODEL: "gemini-3.5-flash-lite" };
  const carried = carryOut(runId, { worker: { ...ports, model: createModel(env, { timeoutMs: 3_000 }) } });
  await expect
    .poll(async () => (await readRun(ports, runId)) ?? {})
    .toMatchObject({ done: 5, parked: { count: 1, reason: "Gemini did not answer within 3 s." } });
  const lost = await calls("failed");
  expect(lost.map(({ usd }) => usd)).toEqual([null, null]);
  gemini.setKnobs({ rules: [] });
  await endParks(ports.db, runId);
  expect(await carried).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0 });
  expect((await calls()).length).toBe(5 + 3);
});

test.each([
  [4, { status: "succeeded", succeeded: 6, failed: 0 }],
  [5, { status: "succeeded", succeeded: 5, failed: 1 }],
])("an image that failed %d times before fails once more: %j", async (before, end) => {
  const { ports, gemini, carryOut, runId, sha256, labelRunId } = await planned();
  const questions = await ports.db.modelCall.findMany({ select: { imageId: true, requestHash: true } });
  const failed = { labelRunId, reservedUsd: 0.004, usd: 0, outcome: "failed", createdAt: new Date() };
  await ports.db.modelCall.createMany({
    data: questions.flatMap((question) => Array.from({ length: before }, () => ({ ...failed, ...question }))),
  });
  gemini.setKnobs({ rules: [{ fault: "server-error", image: sha256, times: 1 }] });
  expect(await carryOut(runId)).toMatchObject(end);
  const { images } = await readUnlabelled(ports, { runId, page: 1 });
  expect(images.map(({ errorClass, reason, raw }) => [errorClass, reason, raw])).toEqual(
    end.failed === 0
      ? []
      : [
          [
            "model-failed",
            expect.stringMatching(/^Gemini failed \(500\): An internal error .* Asked 6 times\. Retry it later\.$/),
            expect.stringContaining('"status":"INTERNAL"'),
          ],
        ],
  );
});
