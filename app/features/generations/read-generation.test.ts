import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
import { readGeneration } from "./read-generation.server";

const at = new Date(0);
const image = { etag: "e", bytes: 1, kind: "upload", modifiedAt: at, createdAt: at };
const record = { hash: "h", record: "{}", references: "[]" };

test("the newest record of an image, each reference as it is today or as it was told", async () => {
  const db = await openTestDb();
  await db.image.createMany({
    data: [
      { ...image, key: "generated/a.png" },
      { ...image, key: "references/moved since.png", thumbnailEtag: "e" },
      { ...image, key: "references/changed.png", etag: "other", goneAt: at },
    ],
  });
  const references = JSON.stringify([
    { imageId: 2, key: "references/b.png", etag: "e" },
    { told: "/tmp/lost.png" },
    { imageId: 3, key: "references/changed.png", etag: "e" },
    { imageId: 9, key: "references/never.png", etag: "e" },
  ]);
  await db.generation.createMany({
    data: [
      { ...record, id: "g-1", imageId: 1, prompt: "first", createdAt: new Date(1) },
      { ...record, id: "g-2", imageId: 1, prompt: "second", createdAt: new Date(2), references, mode: "tone" },
      { ...record, id: "g-3", imageId: 2, prompt: "another's", createdAt: new Date(3) },
    ],
  });
  await db.externalReference.create({
    data: {
      generationId: "g-2",
      position: 2,
      url: "/tmp/lost.png",
      lastError: "No image is called “/tmp/lost.png”.",
    },
  });
  expect(await readGeneration(db, 1)).toEqual({
    id: "g-2",
    prompt: "second",
    model: null,
    mode: "tone",
    finishReason: null,
    createdAt: new Date(2),
    told: null,
    older: 1,
    references: [
      {
        position: 1,
        image: { id: 2, key: "references/moved since.png", etag: "e", isGone: false, hasThumbnail: true },
        name: "references/moved since.png",
        why: null,
      },
      { position: 2, image: null, name: "/tmp/lost.png", why: "No image is called “/tmp/lost.png”." },
      {
        position: 3,
        image: { id: 3, key: "references/changed.png", etag: "other", isGone: true, hasThumbnail: false },
        name: "references/changed.png",
        why: "It has other bytes now than when it was used.",
      },
      { position: 4, image: null, name: "references/never.png", why: null },
    ],
  });
  expect(await readGeneration(db, 3)).toBeNull();
});
