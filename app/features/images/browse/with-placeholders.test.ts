import { expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import { readCards } from "./read-cards.sql.server";
import { withPlaceholders } from "./with-placeholders.server";

const at = new Date("2026-11-29T10:00:00Z");

test("a picture is drawn with the blur of its own bytes, and of no others", async () => {
  const db = await openTestDb();
  const created = { bytes: 10n, kind: "upload", modifiedAt: at, createdAt: at };
  await db.image.createMany({
    data: [1, 2, 3, 4].map((id) => ({ ...created, id, key: `uploads/${id}.png`, etag: `of ${id}` })),
  });
  const webp = new Uint8Array([82, 73, 70, 70, 255]);
  await db.imageLook.createMany({
    data: [
      { imageId: 1, etag: "of 1", placeholder: webp, perceptualHash: "0" },
      { imageId: 2, etag: "of what was here before", placeholder: webp, perceptualHash: "0" },
      { imageId: 3, etag: "of 3", placeholder: null, perceptualHash: "0" },
    ],
  });
  const drawn = await withPlaceholders(db, await readCards(db, [4, 3, 2, 1]));
  expect(drawn.map(({ id, placeholder }) => [id, placeholder])).toEqual([
    [4, null],
    [3, null],
    [2, null],
    [1, "data:image/webp;base64,UklGRv8="],
  ]);
});
