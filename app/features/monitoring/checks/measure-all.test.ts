import { expect, test } from "vitest";
import { noteTime } from "~/features/clock-watch/note-time.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { runsOf } from "../../../../tests/support/world/runs";
import { openStudio } from "../../../../tests/support/world/studio";

const newest = { orderBy: { id: "asc" }, select: { name: true, verdict: true, sentence: true } } as const;

test("every check measures a studio: real database, S3 and Gemini", async () => {
  const { ports, index } = await openStudio();
  await index();
  await noteTime(ports);
  const run = await runsOf(ports).carryOut(runChecks, { checks: null });
  expect(run).toMatchObject({ status: "succeeded", failed: 0 });
  const rows = await ports.db.check.findMany(newest);
  expect(Object.fromEntries(rows.map(({ name, verdict }) => [name, verdict]))).toEqual({
    "labeling-progress": "idle",
    coverage: "healthy",
    images: "healthy",
    "owner-quotas": "within",
    owners: "to assign",
    "group-audit": "old",
    storage: "never counted",
    thumbnails: "healthy",
    reconcile: "healthy",
    "missed-slots": "healthy",
    refusals: "healthy",
    spend: "healthy",
    models: "healthy",
    "labels-file": expect.any(String),
    worker: "healthy",
    clock: "healthy",
    disk: expect.stringMatching(/^(healthy|low|full)$/),
    database: expect.stringMatching(/^(healthy|no room)$/),
    webhook: "none",
    backup: "none",
    "restore-rehearsal": "none",
  });
  const sentenceOf = (wanted: string) => rows.find(({ name }) => name === wanted)?.sentence;
  expect(sentenceOf("clock")).toMatch(/^The clock is .+ S3\. Google did not answer\.$/);
  expect(sentenceOf("thumbnails")).toBe("9 images have no thumbnail yet.");
  expect(sentenceOf("reconcile")).toBe("9 objects listed: 9 new.");
});

test("a clock that is more than two minutes off is measured against S3's", async () => {
  const { ports } = await openStudio();
  const ahead = { ...ports, clock: { now: () => new Date(Date.now() + 130_000) } };
  await runsOf(ahead).carryOut(runChecks, { checks: ["clock"] });
  expect(await ports.db.check.findMany(newest)).toEqual([
    { name: "clock", verdict: "wrong", sentence: expect.stringMatching(/^The clock is 1\d\d\u202fs ahead of S3\./) },
  ]);
});

test("without S3 and Google the clock could not be measured, and the others are", async () => {
  const ports = await openTestPorts();
  const run = await runsOf(ports).carryOut(runChecks, { checks: ["clock", "thumbnails"] });
  expect(run).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(await ports.db.check.findMany({ ...newest, orderBy: { name: "asc" } })).toEqual([
    {
      name: "clock",
      verdict: "unmeasured",
      sentence: expect.stringMatching(/^Clock could not be measured: neither S3 nor Google answers \(.+\)\.$/),
    },
    { name: "thumbnails", verdict: "healthy", sentence: "Every readable image has its thumbnail." },
  ]);
});
