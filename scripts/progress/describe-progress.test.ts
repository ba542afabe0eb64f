import { expect, test } from "vitest";
import { pauseRun } from "~/features/job-runs/commands/steer-run.server";
import { readLabeling } from "~/features/labeling/views/read-labeling.server";
import { openStudio } from "../../tests/support/world/studio";
import { progressToJson, progressToText } from "./describe-progress";

const attributes = ["angle", "tone"];
const actor = { id: "script:test", name: "test" };

test("says what the last run came to, by the calls' own ends, and what has labels", async () => {
  const { ports, gemini, index, label } = await openStudio();
  await index();
  gemini.setKnobs({ rules: [{ fault: "image-safety", times: 1 }] });
  const { runId } = await label({ budgetUsd: 0.5 });
  const [first, second] = await ports.db.image.findMany({ where: { key: { contains: "front_warm/0" } } });
  const by = { attribute: "tone", value: "warm", source: "person", acceptedBy: "operator:1", acceptedAt: new Date() };
  await ports.db.label.create({ data: { ...by, imageId: first?.id ?? 0, etag: first?.etag ?? "" } });
  await ports.db.label.create({ data: { ...by, imageId: second?.id ?? 0, etag: "another" } });

  const labeling = await readLabeling(ports, { runId: null, attributes });
  expect(progressToJson(labeling)).toMatchObject({
    runs: [
      {
        runId,
        status: "succeeded",
        images: "images in the root “Model”",
        prompt: "Personas v1",
        planned: 6,
        done: 6,
        succeeded: 5,
        failed: 1,
        calls: { labeled: 5, refused: 1, unusable: 0, failed: 0, heldUp: 0 },
        coverage: [
          { attribute: "angle", labeled: 0, stale: 0, eligible: 6 },
          { attribute: "tone", labeled: 1, stale: 1, eligible: 6 },
        ],
        budgetUsd: 0.5,
      },
    ],
    coverage: [
      { attribute: "angle", labeled: 0, stale: 0, eligible: 9 },
      { attribute: "tone", labeled: 1, stale: 1, eligible: 9 },
    ],
  });
  const text = progressToText(labeling);
  expect(text).toContain(`Label run ${runId}: images in the root “Model”, Personas v1, succeeded`);
  expect(text).toMatch(/\n {2}6 of 6 · 100\u202f% · .* took /);
  expect(text).toMatch(/\n {2}\$0\.\d{4} of \$0\.50 spent · 6 calls · tokens: /);
  expect(text).toContain("\n  5 labeled · 1 refused · 0 unusable · 0 failed · 0 held up\n");
  expect(text).toContain(
    "\nAll images\n  angle: 0 of 9 labeled (0\u202f%)\n  tone: 1 of 9 labeled (11\u202f%), 1 stale",
  );
});

test("the pace of a run that stood still for an hour is that of its work, and the rest takes as long at that pace", async () => {
  const { ports, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  const images = await ports.db.image.findMany({ orderBy: { key: "asc" }, take: 4 });
  const { id: labelRunId } = await ports.db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const now = Date.now();
  const at = [now - 3_600_000, now - 3_599_000, now - 2_000, now - 1_000];
  for (const [index, image] of images.entries()) {
    const finishedAt = new Date(at[index] ?? 0);
    const call = { labelRunId, imageId: image.id, requestHash: "h", reservedUsd: 0, createdAt: finishedAt, finishedAt };
    // Asked twice: it ended once.
    if (index === 3) await ports.db.modelCall.create({ data: { ...call, outcome: "invalid" } });
    await ports.db.modelCall.create({ data: { ...call, outcome: "labelled" } });
  }
  await ports.db.jobRun.update({
    where: { id: runId },
    data: { status: "running", startedAt: new Date(now - 3_600_000) },
  });
  await ports.db.jobChunk.updateMany({ where: { runId }, data: { succeeded: 4 } });
  const read = async () => (await readLabeling(ports, { runId: null, attributes })).runs[0]?.run;
  expect(await read()).toMatchObject({ id: runId, done: 4, planned: 6, ratePerSecond: 1, etaSeconds: 2 });

  await pauseRun(ports, { runId, actor });
  expect(await read()).toMatchObject({ ratePerSecond: 1, etaSeconds: null });
});

test("says that there is no label run yet", async () => {
  const { ports } = await openStudio();
  expect(progressToText(await readLabeling(ports, { runId: null, attributes }))).toMatch(
    /^No label run yet\.\nAll images/,
  );
  await expect(readLabeling(ports, { runId: 5, attributes })).rejects.toThrow("There is no label run 5.");
});
