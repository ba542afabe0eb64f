import { expect, test } from "vitest";
import { resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { openStudio, portrait } from "../../../tests/support/world/studio";
import { labelRunScope } from "./label-run";
import { keepPromptVersion, readPromptContent, requestHash } from "./prompts/prompt-versions.server";
import { readLabelRun } from "./views/read-label-run.server";
import { readProposals } from "./views/read-proposals.server";

/** A studio with its nine photos, and one outside every root. */
async function openWithUpload() {
  const studio = await openStudio();
  const { storage, db } = studio.ports;
  const key = "uploads/u-1/2026/11/someone.png";
  await storage.put(key, await portrait(31, "front", "cool", "40s"), { contentType: "image/png" });
  await studio.index();
  const idOf = async (which: string) => (await db.image.findUniqueOrThrow({ where: { key: which } })).id;
  return { ...studio, upload: await idOf(key), idOf: (name: string) => idOf(`references/01. Model/${name}`) };
}

const asked = (calls: { byImage: Record<string, number> }) => Object.keys(calls.byImage).length;

test("labels just the images that were picked, those outside every root as well, with every attribute of the schema", async () => {
  const { ports, gemini, label, upload, idOf } = await openWithUpload();
  const { run, runId } = await label({ selection: { ids: [upload, await idOf("front_warm/02.png")] } });
  expect(run).toMatchObject({ title: "Label 2 images", planned: 2, succeeded: 2 });
  expect(asked(gemini.calls())).toBe(2);
  const { images } = await readProposals(ports, { runId, page: 1 });
  expect(images.map(({ key, group, proposals }) => [key, group, proposals.length])).toEqual([
    ["references/01. Model/front_warm/02.png", "front_warm", 6],
    ["uploads/u-1/2026/11/someone.png", null, 6],
  ]);
  const outside = images.find(({ group }) => group === null);
  expect(outside?.proposals.every(({ folder, disagrees }) => folder === null && !disagrees)).toBe(true);
});

test("what a root's run was answered is not asked again by a query over the same images, unless all are asked for", async () => {
  const { gemini, label, upload } = await openWithUpload();
  await label();
  expect(gemini.calls().total).toBe(6);
  const everything = { query: { all: true as const } };
  const second = await label({ selection: everything });
  expect(second.run).toMatchObject({ title: "Label all images", planned: 1, succeeded: 1 });
  expect(second.run.summary?.leftOut).toContainEqual({ what: "Answered before with this prompt", count: 6 });
  expect(gemini.calls().total).toBe(7);
  const forced = await label({ selection: { ...everything, except: [upload] }, only: "all" });
  expect(forced.run).toMatchObject({ title: "Label all images but for 1", planned: 6, succeeded: 6 });
  expect(gemini.calls().total).toBe(13);
});

test("asks about what has no label, and about what has a stale one", async () => {
  const { ports, label, put, index, idOf } = await openWithUpload();
  const [labeled, changed] = [await idOf("front_warm/02.png"), await idOf("profile_cool/02.png")];
  for (const imageId of [labeled, changed]) {
    const { etag } = await ports.db.image.findUniqueOrThrow({ where: { id: imageId } });
    await ports.db.label.create({
      data: {
        imageId,
        attribute: "tone",
        value: "warm",
        etag,
        source: "person",
        acceptedBy: "a",
        acceptedAt: new Date(),
      },
    });
  }
  await put("profile_cool/02.png", await portrait(32, "profile", "cool", "40s"));
  await index();
  const from = (source: "none" | "stale") => ({
    query: { root: "Model", labelSource: [{ attribute: "tone", source }] },
  });
  expect((await label({ selection: from("stale") })).run).toMatchObject({
    title: "Label images in the root “Model”, with a stale label for tone",
    planned: 1,
  });
  expect((await label({ selection: from("none"), only: "all" })).run).toMatchObject({ planned: 4 });
});

test("picked images that are gone are left out, and said so; a span of days is the one of the start", async () => {
  const { ports, label, start, carryOut, index, idOf } = await openWithUpload();
  const ids = [await idOf("front_warm/02.png"), await idOf("front_warm/03.png")];
  await ports.storage.delete("references/01. Model/front_warm/02.png");
  await index();
  const { run } = await label({ selection: { ids } });
  expect(run).toMatchObject({ planned: 1, succeeded: 1 });
  expect(run.summary?.leftOut).toContainEqual({ what: "No longer in the bucket", count: 1 });

  const { runId } = await start({ selection: { query: { since: "7d" } } });
  await carryOut(runId, { apply: false });
  const { scope } = await readLabelRun(ports, runId);
  expect(scope.selection).toEqual({ query: { since: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/) } });
});

test.each([
  [{ selection: { query: {} } }, /names no images; say “all” to mean every image/],
  [{ selection: { query: { owner: ["nobody"] } } }, /No image matches this selection/],
  [{ selection: { query: { root: "Nowhere" } } }, /There is no attribute root called “Nowhere”; there is “Model”/],
  [
    { selection: { query: { labelSource: [{ attribute: "mood", source: "none" as const }] } } },
    /no attribute called “mood”/,
  ],
  [{ prompt: { name: "Tones" } }, /There is no prompt called “Tones”; “Personas” always is\./],
  [{ prompt: { versionId: 7 } }, /There is no prompt version 7\./],
  [{ prompt: { name: "Personas", version: 7 } }, /There is no prompt version 7 of “Personas”\./],
])("a run of %j is not started", async (input, sentence) => {
  const { ports, start, index } = await openStudio();
  await index();
  await expect(start(input)).rejects.toThrow(sentence);
  expect(await ports.db.labelRun.count()).toBe(0);
});

test("a run asks the version that was named at its start, whatever becomes the newest meanwhile", async () => {
  const { ports, label, start, carryOut } = await openWithUpload();
  const { runId: first } = await label();
  const { prompt: personas } = await readLabelRun(ports, first);
  const row = await ports.db.promptVersion.findUniqueOrThrow({ where: { id: personas?.id ?? 0 } });
  const content = readPromptContent(row);
  const keep = (instructions: string) => keepPromptVersion(ports, "Tones", { ...content, instructions });
  const one = await keep("Say the tone.");
  await keep("Say the tone carefully.");

  const named = await label({ prompt: { versionId: one.id } });
  expect((await readLabelRun(ports, named.runId)).prompt).toMatchObject({ name: "Tones", version: 1 });
  const byNumber = await label({ prompt: { name: "Tones", version: 1 } });
  expect(byNumber.run).toMatchObject({ planned: 0 });

  const newest = await start({ prompt: { name: "Tones" } });
  await carryOut(newest.runId, { apply: false });
  await keep("Say the tone at once.");
  await carryOut(newest.runId);
  expect((await readLabelRun(ports, newest.runId)).prompt).toMatchObject({ name: "Tones", version: 2 });
  const calls = await ports.db.modelCall.findMany({ where: { labelRun: { jobRunId: newest.runId } } });
  expect(calls).toHaveLength(6);
});

test("a prompt that is edited while a run of it goes on changes nothing about that run", async () => {
  const { ports, gemini, label, start, carryOut } = await openWithUpload();
  const { runId: first } = await label();
  const { prompt: personas } = await readLabelRun(ports, first);
  const row = await ports.db.promptVersion.findUniqueOrThrow({ where: { id: personas?.id ?? 0 } });
  const content = readPromptContent(row);
  const keep = (instructions: string) => keepPromptVersion(ports, "Tones", { ...content, instructions });
  const { hash } = await keep("Say the tone.");

  const { runId } = await start({ prompt: { name: "Tones" } });
  await carryOut(runId, { apply: false });
  gemini.setKnobs({ rules: [{ times: 3 }, { fault: "quota-of-day" }] });
  expect(await carryOut(runId)).toMatchObject({ status: "paused", failed: 0 });
  await keep("Say the tone carefully.");
  gemini.setKnobs({ rules: [] });
  await resumeRun(ports, { runId, actor: { id: "script:test", name: "test" } });
  // A worker that has not opened this run yet.
  const other = { ...ports, db: new Proxy(ports.db, {}) };
  expect(await carryOut(runId, { worker: other })).toMatchObject({ status: "succeeded", succeeded: 6 });
  const asked = await ports.db.modelCall.findMany({
    where: { labelRun: { jobRunId: runId }, outcome: "labelled" },
    select: { requestHash: true, image: { select: { etag: true } } },
  });
  expect(asked.map(({ requestHash: said }) => said)).toEqual(asked.map(({ image }) => requestHash(hash, image.etag)));
  expect(asked).toHaveLength(6);
  expect((await readLabelRun(ports, runId)).prompt).toMatchObject({ name: "Tones", version: 1 });
});

test("a kept row of a run that could name a root only reads as the images of that root", () => {
  const old = { root: "Model", only: "unanswered", prompt: "Personas" };
  const read = { selection: { query: { root: "Model" } }, only: "unanswered", prompt: "Personas" };
  expect(labelRunScope.parse(old)).toEqual(read);
  expect(labelRunScope.parse(read)).toEqual(read);
  expect(labelRunScope.safeParse({ ...read, selection: { query: {} } }).success).toBe(false);
});
