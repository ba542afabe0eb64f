import { expect, test } from "vitest";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { models } from "./models.server";

const context = { signal: new AbortController().signal, lastAt: null };
const DAY_MS = 24 * 60 * 60_000;

test("models count that label, whose vectors images have, and that drew of late", async () => {
  const ports = await openTestPorts();
  const { db, model, clock } = ports;
  const used = async () => models.reading.parse(await models.measure(ports, context));
  const labeling = expect.objectContaining({ model: model.name, makes: "labels" });
  expect(await used()).toEqual({ models: [labeling] });

  const now = clock.now();
  const image = { key: "uploads/1.png", etag: "e", bytes: 1, kind: "upload", modifiedAt: now, createdAt: now };
  const { id: imageId } = await db.image.create({ data: image });
  const vector = { dimensions: 1, etag: "e", vector: new Uint8Array(4), createdAt: now };
  for (const name of [model.embeddingName, "another"]) {
    await db.imageEmbedding.create({ data: { imageId, model: name, ...vector } });
  }
  for (const [at, name] of ["gemini-nano-banana-2.1", "gemini-nano-banana-2.1", "drew-long-ago"].entries()) {
    const run = { kind: "draw-images", title: "Draw images", lane: 1, status: "succeeded", payload: "{}" };
    const by = { actor: "script:test", actorName: "Test", createdAt: now };
    const { id } = await db.jobRun.create({ data: { ...run, ...by } });
    const createdAt = new Date(now.getTime() - (at === 2 ? 31 : 1) * DAY_MS);
    await db.drawRun.create({ data: { jobRunId: id, model: name, budgetUsd: 1, mark: "a", createdAt } });
  }
  expect(await used()).toEqual({
    models: [
      labeling,
      { model: model.embeddingName, ends: null, instead: null, makes: "vectors" },
      { model: "gemini-nano-banana-2.1", ends: null, instead: null, makes: "drawings" },
    ],
  });
});

test("readings from before other models counted are of those that label", () => {
  expect(models.reading.parse({ models: [{ model: "a", ends: null, instead: null }] })).toEqual({
    models: [{ model: "a", ends: null, instead: null, makes: "labels" }],
  });
});
