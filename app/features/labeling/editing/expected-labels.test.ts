import { expect, test } from "vitest";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { openTestDb } from "../../../../tests/support/db";
import { describeOptions } from "./expected-labels.server";

const at = new Date("2026-11-29T10:00:00Z");

test("expects what a person said, then what the folder is named for, then what was accepted from elsewhere", async () => {
  const db = await openTestDb();
  const image = await db.image.create({
    data: {
      key: "references/01. Model/front_warm/02.png",
      etag: "e2",
      bytes: 10n,
      kind: "reference",
      modifiedAt: at,
      createdAt: at,
    },
  });
  const said = { imageId: image.id, etag: "e2", acceptedAt: at, acceptedBy: "script:label" };
  await db.label.createMany({
    data: [
      { ...said, attribute: "tone", value: "cool", source: "person" },
      { ...said, attribute: "angle", value: "profile", source: "model" },
      { ...said, attribute: "expression", value: "smiling", source: "model" },
      { ...said, attribute: "wardrobe", value: "formal", source: "person", etag: "of other bytes" },
    ],
  });
  const [option] = await describeOptions(db, await readCards(db, [image.id]), await loadLabelSchema());
  expect(option).toMatchObject({ imageId: image.id, key: image.key, etag: "e2", problem: null });
  expect(option?.expected).toEqual({
    angle: { value: "front", from: "folder" },
    tone: { value: "cool", from: expect.stringContaining("label") },
    expression: { value: "smiling", from: "accepted" },
  });
});
