import { expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import { compareReferences } from "./compare-references";
import { readCompared, readRecorded } from "./read-recorded.server";

const at = new Date("2026-11-20T10:00:00Z");
const image = { etag: "e", bytes: 1, kind: "reference", modifiedAt: at, createdAt: at };

/** A generation whose references stayed, moved, changed, went, were never found, and were not indexed. */
async function openRecorded() {
  const db = await openTestDb();
  await db.image.createMany({
    data: [
      { ...image, id: 1, key: "r/stayed.png", thumbnailEtag: "e" },
      { ...image, id: 2, key: "r/moved here.png" },
      { ...image, id: 3, key: "r/changed.png", etag: "other" },
      { ...image, id: 4, key: "r/gone.png", goneAt: at },
    ],
  });
  const references = [
    { imageId: 1, key: "r/stayed.png", etag: "e" },
    { imageId: 2, key: "r/moved.png", etag: "e" },
    { imageId: 3, key: "r/changed.png", etag: "e" },
    { imageId: 4, key: "r/gone.png", etag: "e" },
    { key: "/tmp/lost.png" },
    { key: "r/not indexed.png", etag: "e" },
  ];
  const more = { runId: 7, picture: 1, of: 2, size: "1K", aspectRatio: null, usd: 0.02, error: "It was held back." };
  const record = { owner: "u-9", more: { ...more, shownAs: ["own", "reference"] } };
  await db.generation.create({
    data: {
      ...{ id: "studio-7-ab-1", prompt: "a cat", finishReason: "IMAGE_SAFETY", createdAt: at, hash: "h" },
      record: JSON.stringify(record),
      references: { create: references.map((one, n) => ({ ...one, position: n + 1, createdAt: at })) },
      elsewhere: { create: { position: 5, url: "/tmp/lost.png", lastError: "No image is called “/tmp/lost.png”." } },
    },
  });
  await db.generation.create({
    data: {
      ...{ id: "a,b", prompt: "a dog", createdAt: at, hash: "h", record: JSON.stringify(record) },
      references: { create: { imageId: 1, position: 1, key: "r/stayed.png", etag: "former", createdAt: at } },
    },
  });
  return db;
}

test("references are told as they were, with what became of them", async () => {
  const recorded = await readRecorded(await openRecorded(), "studio-7-ab-1");
  expect(recorded).toMatchObject({
    owner: { id: "u-9", name: "u-9" },
    image: null,
    studio: { runId: 7, usd: 0.02, size: "1K", error: "It was held back." },
  });
  expect(
    recorded.references.map(({ key, role, why, hasMoved, hasChanged, image: now }) => [
      ...[key, role, why, hasMoved, hasChanged, now?.key ?? null, now?.isGone ?? null],
    ]),
  ).toEqual([
    ["r/stayed.png", "own", null, false, false, "r/stayed.png", false],
    ["r/moved.png", "reference", null, true, false, "r/moved here.png", false],
    ["r/changed.png", null, null, false, true, "r/changed.png", false],
    ["r/gone.png", null, null, false, false, "r/gone.png", true],
    ["/tmp/lost.png", null, "No image is called “/tmp/lost.png”.", false, false, null, null],
    ["r/not indexed.png", null, null, false, false, null, null],
  ]);
});

test("what an imported record has beside is no run of ours", async () => {
  expect((await readRecorded(await openRecorded(), "a,b")).studio).toBeNull();
});

test("side by side, each reference says whether the others had it, and with which bytes", async () => {
  const compared = await readCompared(await openRecorded(), ["studio-7-ab-1", "a,b", "a,b"]);
  const [one, two] = compared;
  const notes = (of: typeof one) => of?.references.map((reference) => compareReferences(reference, of, compared));
  expect(notes(one)?.slice(0, 2)).toEqual(["With other bytes than elsewhere", "Only here"]);
  expect(notes(two)).toEqual(["With other bytes than elsewhere"]);
});

test.each([
  [["a,b"], "Choose 2 to 4 generations to compare, not 1."],
  [[], "Choose 2 to 4 generations to compare, not 0."],
  [["1", "2", "3", "4", "5"], "Choose 2 to 4 generations to compare, not 5."],
  [["a,b", "g-9"], "There is no generation record “g-9”."],
])("%j cannot be compared", async (ids, sentence) => {
  await expect(readCompared(await openRecorded(), ids)).rejects.toThrow(sentence);
});
