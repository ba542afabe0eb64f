import { expect, test } from "vitest";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { startTestS3 } from "./support/store/s3";

const at = new Date("2026-11-20T10:00:00Z");

/** Two label runs over one image, both with an accepted tone, and scripts as processes of their own. */
async function openReviewed() {
  const db = await openTestDb();
  const s3 = await startTestS3();
  const env = { ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${db.file}` };
  const image = { key: "references/01. Model/front_warm/1.png", etag: "e", bytes: 1n, kind: "reference" };
  const { id: imageId } = await db.image.create({ data: { ...image, modifiedAt: at, createdAt: at } });
  const other = await db.image.create({
    data: { ...image, key: "references/01. Model/front_warm/2.png", modifiedAt: at, createdAt: at },
  });
  const content = { instructions: "", attributes: "{}", settings: "{}", examples: "[]", createdAt: at };
  const prompt = await db.promptVersion.create({ data: { name: "Personas", version: 1, hash: "h", ...content } });
  for (const [value, decision] of [
    ["warm", "accepted"],
    ["cool", "accepted"],
    ["neutral", "open"],
  ] as const) {
    const scope = JSON.stringify({ root: "Model", only: "unanswered", prompt: "Personas" });
    const run = { kind: "label-run", title: "Label run", lane: 0, status: "succeeded", payload: scope };
    const jobRun = await db.jobRun.create({ data: { ...run, actor: "a", actorName: "A", createdAt: at } });
    await db.labelRun.create({
      data: {
        jobRunId: jobRun.id,
        promptVersionId: prompt.id,
        scope,
        createdAt: at,
        proposals: { create: { imageId, attribute: "tone", value, etag: "e", decision, createdAt: at } },
      },
    });
  }
  async function promote(...options: string[]) {
    const { code, stdout } = await runProcess(["scripts/relabel-personas.ts", "--promote", ...options, "--json"], env)
      .ended;
    return { code, ...JSON.parse(stdout) };
  }
  /** Someone accepts, in the oldest label run, what it says of the other image. */
  async function acceptLate() {
    const { id: labelRunId } = await db.labelRun.findFirstOrThrow({ orderBy: { id: "asc" } });
    const accepted = { attribute: "tone", value: "warm", etag: "e", decision: "accepted", createdAt: at };
    await db.proposal.create({ data: { ...accepted, labelRunId, imageId: other.id } });
  }
  const readTone = async () =>
    (await db.label.findMany({ orderBy: { imageId: "asc" } })).map(({ value, source }) => `${value} by ${source}`);
  return { promote, acceptLate, readTone };
}

test("promotes what was accepted, run by run with the newest last, once, and never what nobody has seen", async () => {
  const { promote, acceptLate, readTone } = await openReviewed();
  expect(await promote("--prompt", "Personas@2")).toEqual({ code: 0, runs: [] });
  const planned = { kind: "promote-labels", status: "planned", planned: 1 };
  expect(await promote("--root", "Model")).toMatchObject({ code: 0, runs: [planned, planned] });
  expect(await readTone()).toEqual([]);

  const done = { kind: "promote-labels", status: "succeeded", succeeded: 1, failed: 0 };
  expect(await promote("--prompt", "Personas", "--apply")).toMatchObject({ code: 0, runs: [done, done] });
  expect(await readTone()).toEqual(["cool by model"]);
  expect(await promote("--apply")).toEqual({ code: 0, runs: [] });

  await acceptLate();
  expect(await promote("--apply")).toMatchObject({ code: 0, runs: [{ succeeded: 2 }, { succeeded: 1 }] });
  expect(await readTone()).toEqual(["cool by model", "warm by model"]);
});
