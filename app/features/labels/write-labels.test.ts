import { expect, test } from "vitest";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";
import { openTestDb } from "../../../tests/support/db";
import { removeLabels, writeLabels } from "./write-labels.sql.server";

const at = new Date("2026-11-29T12:00:00Z");
const later = new Date("2026-11-29T13:00:00Z");
const latest = new Date("2026-11-29T14:00:00Z");

async function openLabels() {
  const db = await openTestDb();
  const image = { etag: "e", bytes: 1n, kind: "reference", modifiedAt: at, createdAt: at };
  await db.image.createMany({
    data: [
      { ...image, id: 1, key: "references/01. Model/front_warm/a.png" },
      { ...image, id: 2, key: "b.png" },
    ],
  });
  return db;
}

const tone = (value: string, from: { source: string; acceptedBy: string; at: Date; jobRunId?: number }) => sql`
  SELECT i."id" AS "imageId", 'tone' AS "attribute", ${value} AS "value", i."etag", ${from.source} AS "source",
         NULL AS "confidence", NULL AS "labelRunId", ${from.acceptedBy} AS "acceptedBy", ${from.at.getTime()} AS "acceptedAt",
         'front_warm' AS "folder", ${from.jobRunId ?? null} AS "jobRunId"
    FROM "Image" i`;
const anyTone = sql`SELECT "id" AS "imageId", 'tone' AS "attribute" FROM "Image"`;

const revs = async (db: Db) => ({
  labels: (await db.label.findMany()).map(({ imageId, value, rev }) => [imageId, value, rev]),
  history: (await db.labelHistory.findMany()).map(({ imageId, value, rev, endedBy }) => [imageId, value, rev, endedBy]),
});

test("a label is written over the former one, which is kept with who ended it, and its rev grows also over a removal", async () => {
  const db = await openLabels();
  await db.label.create({
    data: {
      imageId: 1,
      attribute: "tone",
      value: "cool",
      rev: 3,
      etag: "d",
      source: "person",
      acceptedBy: "operator:1",
      acceptedAt: at,
    },
  });
  const byModel = tone("warm", { source: "model", acceptedBy: "operator:2", at: later, jobRunId: 7 });
  expect(await db.$write((tx) => writeLabels(tx, byModel, { by: "operator:3", at: latest, runId: 7 }))).toBe(2);

  expect(await db.label.findMany({ where: { imageId: 1 } })).toEqual([
    {
      ...{ imageId: 1, attribute: "tone", value: "warm", rev: 4, etag: "e", source: "model", confidence: null },
      ...{ labelRunId: null, acceptedBy: "operator:2", acceptedAt: later, folder: "front_warm", jobRunId: 7 },
    },
  ]);
  expect(await db.labelHistory.findMany()).toEqual([
    {
      ...{ imageId: 1, attribute: "tone", value: "cool", rev: 3, etag: "d", source: "person", confidence: null },
      ...{ labelRunId: null, acceptedBy: "operator:1", acceptedAt: at, folder: null, jobRunId: null },
      ...{ endedAt: latest, endedBy: "operator:3", endedByRunId: 7 },
    },
  ]);

  const byMina = { by: "operator:4", at: latest, runId: null };
  expect(await db.$write((tx) => removeLabels(tx, anyTone, byMina))).toBe(2);
  expect(await db.$write((tx) => removeLabels(tx, anyTone, byMina))).toBe(0);
  await db.$write((tx) =>
    writeLabels(tx, tone("warm", { source: "person", acceptedBy: "operator:4", at: latest }), byMina),
  );
  expect(await revs(db)).toEqual({
    labels: [
      [1, "warm", 5],
      [2, "warm", 2],
    ],
    history: [
      [1, "cool", 3, "operator:3"],
      [1, "warm", 4, "operator:4"],
      [2, "warm", 1, "operator:4"],
    ],
  });
});

test("the database refuses to change or remove a label beside its history, and to change that", async () => {
  const db = await openLabels();
  const label = {
    imageId: 1,
    attribute: "tone",
    value: "cool",
    rev: 2,
    etag: "e",
    source: "person",
    acceptedBy: "a",
    acceptedAt: at,
  };
  await db.label.create({ data: label });
  // As raw SQL: Prisma takes what a trigger raises for a broken foreign key.
  await expect(db.$executeRaw`UPDATE "Label" SET "value" = 'warm', "rev" = 3`).rejects.toThrow("over its history");
  await expect(db.$executeRaw`DELETE FROM "Label"`).rejects.toThrow("over its history");

  await db.labelHistory.create({ data: { ...label, endedAt: at, endedBy: "a" } });
  await expect(db.$executeRaw`UPDATE "Label" SET "value" = 'warm'`).rejects.toThrow("over its history");
  await db.label.deleteMany();
  const again = sql`INSERT INTO "Label" ("imageId", "attribute", "value", "etag", "source", "acceptedBy", "acceptedAt", "rev")`;
  await expect(db.$executeRaw`${again} VALUES (1, 'tone', 'cool', 'e', 'person', 'a', 0, 2)`).rejects.toThrow(
    "last rev",
  );
  await db.label.create({ data: { ...label, rev: 3 } });

  await expect(db.$executeRaw`UPDATE "LabelHistory" SET "value" = 'warm'`).rejects.toThrow("append-only");
  await expect(db.$executeRaw`DELETE FROM "LabelHistory"`).rejects.toThrow("append-only");
  // The same bytes under another ETag are no other label, now or then.
  await db.label.updateMany({ data: { etag: "f" } });
  await db.labelHistory.updateMany({ data: { etag: "f" } });
  expect(await db.labelHistory.findMany({ select: { value: true, etag: true } })).toEqual([
    { value: "cool", etag: "f" },
  ]);
});

test("the history of an image goes with its row", async () => {
  const db = await openLabels();
  await db.labelHistory.create({
    data: {
      imageId: 2,
      attribute: "tone",
      value: "cool",
      rev: 1,
      etag: "e",
      source: "person",
      acceptedBy: "a",
      acceptedAt: at,
      endedAt: at,
      endedBy: "a",
    },
  });
  await db.image.delete({ where: { id: 2 } });
  expect(await db.labelHistory.count()).toBe(0);
});
