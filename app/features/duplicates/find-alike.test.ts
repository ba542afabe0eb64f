import sharp from "sharp";
import { expect, test } from "vitest";
import { openTestDb } from "../../../tests/support/db";
import { findAlike } from "./find-alike.server";

const now = new Date("2026-12-01T12:00:00Z");

const plain = async (background: string) =>
  new Uint8Array(
    await sharp({ create: { width: 12, height: 8, channels: 3, background } })
      .webp()
      .toBuffer(),
  );
const [gray, red] = [await plain("#808080"), await plain("#a04020")];
const hash = "00000000000000ff";

type Image = {
  hash?: string;
  colors?: Uint8Array<ArrayBuffer> | null;
  sha256?: string;
  ownerId?: string;
  isStale?: boolean;
};

/** Images by their numbers from 1. */
async function open(images: readonly Image[]) {
  const db = await openTestDb();
  await db.owner.create({ data: { id: "mina", name: "Mina", createdAt: now } });
  for (const [at, { hash, colors = gray, sha256 = null, ownerId = null, isStale = false }] of images.entries()) {
    const id = at + 1;
    const times = { modifiedAt: now, createdAt: now };
    const facts = { key: `uploads/${id}.png`, etag: "e", readEtag: "e", bytes: 1, kind: "upload" };
    await db.image.create({ data: { id, ...facts, ...times, sha256, ownerId } });
    if (hash !== undefined) {
      const etag = isStale ? "former" : "e";
      await db.imageLook.create({ data: { imageId: id, etag, perceptualHash: hash, placeholder: colors } });
    }
  }
  return db;
}

const alikeOf = async (images: readonly Image[], ids: number[]) => [...(await findAlike(await open(images), ids))];

test("what looks alike is nearly the same as the first of it, whoever owns it", async () => {
  const images = [{ hash }, { hash: "00000000000000fe", ownerId: "mina" }, { hash: "ff000000000000ff" }, { hash }];
  expect(await alikeOf(images, [3, 2, 1, 4])).toEqual([
    [2, 3],
    [1, 3],
    [4, 3],
  ]);
});

test("hashes alone are not enough: colors have to be the same", async () => {
  expect(await alikeOf([{ hash }, { hash, colors: red }, { hash, colors: red }], [1, 2, 3])).toEqual([[3, 2]]);
});

test.each<[string, Image]>([
  ["too plain", { hash: "" }],
  ["transparent", { hash, colors: null }],
  ["not read yet", {}],
  ["replaced since it was read", { hash, isStale: true }],
])("a picture that is %s is like none, unless its bytes are the same", async (_, picture) => {
  expect(await alikeOf([{ hash }, picture, picture], [1, 2, 3])).toEqual([]);
  const same = { ...picture, sha256: "a".repeat(64) };
  expect(await alikeOf([{ hash }, same, same], [1, 2, 3])).toEqual([[3, 2]]);
});

test("numbers of images that there are not are passed over", async () => {
  expect(await alikeOf([{ hash }, { hash }], [99, 2, 1])).toEqual([[1, 2]]);
  expect(await alikeOf([], [])).toEqual([]);
});
