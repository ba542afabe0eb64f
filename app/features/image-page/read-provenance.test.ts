import { expect, test } from "vitest";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import { setLabel } from "~/features/labels/set/set-label.sql.server";
import { startLabelImport } from "~/features/labels/travel/import/start-import.server";
import { labelsOf } from "../../../tests/support/world/label-world";
import { openTestPorts } from "../../../tests/support/world/nowhere";
import { runsOf } from "../../../tests/support/world/runs";
import { readProvenance } from "./read-provenance.server";

const at = new Date("2026-11-29T08:00:00Z");

test("a label tells its run, prompt, examples, model and answer, who accepted it, its folder then, and what it was before", async () => {
  const ports = await openTestPorts();
  const world = { ...ports, ...runsOf(ports), ...labelsOf(ports) };
  const { db } = world;
  await world.addImages(["references/01. Model/front_warm/a.png", "references/01. Model/back_cool/b.png"]);
  const mina = await db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role: "operator", createdAt: at },
  });
  const actor = { id: `operator:${mina.id}`, name: mina.name };
  await setLabel(world, { imageId: 1, attribute: "tone", value: "cool", seen: { rev: null }, actor });
  const run = await world.addLabelRun([{ imageId: 1, attribute: "tone", value: "warm", overRev: 1, confidence: 0.9 }]);
  const example = { key: "references/01. Model/back_cool/b.png", etag: "e", labels: { tone: "cool" } };
  await db.promptVersion.create({
    data: {
      ...{ id: 5, name: "Personas", version: 2, hash: "abc", instructions: "Look.", createdAt: at },
      attributes: JSON.stringify({ tone: { values: ["warm", "cool"] } }),
      settings: JSON.stringify({ model: "gemini-2.5-flash", maxOutputTokens: 512, imageEdge: 768 }),
      examples: JSON.stringify([example, { ...example, key: "gone.png" }]),
    },
  });
  await db.labelRun.update({ where: { id: run.labelRunId }, data: { promptVersionId: 5 } });
  const call = { labelRunId: run.labelRunId, imageId: 1, requestHash: "q", reservedUsd: 0, createdAt: at };
  const rawResponse = "x".repeat(30_000);
  await db.modelCall.createMany({
    data: [
      { ...call, outcome: "invalid", rawResponse: "nonsense" },
      { ...call, outcome: "labelled", modelVersion: "gemini-2.5-flash-001", rawResponse },
    ],
  });
  const { id: promotion } = await world.carryOut(promoteLabels, run);
  await db.image.update({ where: { id: 1 }, data: { etag: "f" } });

  const told = await readProvenance(db, { imageId: 1, attribute: "tone" });
  expect(told.present).toMatchObject({
    ...{ rev: 2, value: "warm", source: "model", confidence: 0.9, folder: "front_warm", isStale: true },
    ...{ acceptedBy: "operator:2", acceptedAt: at, labelRun: run.runId },
    writtenBy: { runId: promotion, title: `Promote label run ${run.runId}` },
  });
  expect(told.answer).toEqual({
    labelRunId: run.labelRunId,
    labelRun: run.runId,
    prompt: {
      ...{ id: 5, name: "Personas", version: 2, hash: "abc" },
      examples: [
        { key: example.key, imageId: 2, labels: { tone: "cool" } },
        { key: "gone.png", imageId: null, labels: { tone: "cool" } },
      ],
    },
    model: "gemini-2.5-flash",
    modelVersion: "gemini-2.5-flash-001",
    raw: `${"x".repeat(20_000)} …`,
  });
  expect(told.former).toMatchObject([
    {
      ...{ rev: 1, value: "cool", source: "person", acceptedBy: "Mina Sato", writtenBy: null, labelRun: null },
      ...{ endedBy: "script:test", endedByRun: { runId: promotion } },
    },
  ]);
  expect(await readProvenance(db, { imageId: 2, attribute: "tone" })).toEqual({
    ...{ imageId: 2, attribute: "tone", present: null, answer: null, former: [] },
  });
  await expect(readProvenance(db, { imageId: 9, attribute: "tone" })).rejects.toThrow("There is no image 9.");
});

test("an imported label tells how it came to be where it was exported, also once it is a former one", async () => {
  const ports = await openTestPorts();
  const world = { ...ports, ...runsOf(ports), ...labelsOf(ports) };
  await world.addImages(["uploads/a.png"]);
  const labels = {
    tone: { value: "warm", source: "model", by: "Ann", prompt: { name: "personas", version: 3, hash: "abc" } },
  };
  async function* chunks() {
    yield Buffer.from(`{"version":1,"images":[\n${JSON.stringify({ key: "uploads/a.png", etag: "e", labels })}\n]}\n`);
  }
  const actor = { id: "operator:1", name: "Mina" };
  const { runId } = await startLabelImport(ports, { chunks: chunks(), source: "a.json", overPerson: false, actor });
  await world.apply(await world.work(runId));
  const { value: _, ...origin } = labels.tone;
  const imported = { value: "warm", source: "import", acceptedBy: "operator:1", writtenBy: { runId }, origin };
  expect(await readProvenance(ports.db, { imageId: 1, attribute: "tone" })).toMatchObject({ present: imported });
  await setLabel(world, { imageId: 1, attribute: "tone", value: "cool", seen: { rev: 1 }, actor });
  expect(await readProvenance(ports.db, { imageId: 1, attribute: "tone" })).toMatchObject({
    present: { value: "cool", origin: null },
    former: [imported],
  });
});
