import { describe, expect, test } from "vitest";
import { systemClock } from "~/ports/clock.server";
import { openTestDb } from "../../../tests/support/db";
import { startTestS3 } from "../../../tests/support/store/s3";
import { linkToOriginal, linkToThumbnail } from "./link-to-image.server";
import { thumbnailKey } from "./thumbnail-key.server";

const key = "references/01. Model/front_warm/reference.png";
const readAs = (contentType: string | null, readEtag = "now") => ({ etag: "now", readEtag, contentType });

/** An image in the index, its object (stored as a web page, which it is not) and the thumbnail that someone once made. */
async function openImage(facts: object, clock = systemClock) {
  const db = await openTestDb();
  const { storage } = await startTestS3({ clock });
  await storage.put(key, Buffer.from("the original"), { contentType: "text/html" });
  await storage.put(thumbnailKey(key), Buffer.from("the thumbnail"), { contentType: "image/webp" });
  const at = new Date(0);
  const { id } = await db.image.create({
    data: { key, etag: "now", bytes: 12, kind: "reference", modifiedAt: at, createdAt: at, ...facts },
  });
  return { db, storage, clock, id };
}

test("a thumbnail of the present bytes is linked to", async () => {
  const image = await openImage({ thumbnailEtag: "now" });
  const response = await fetch((await linkToThumbnail(image, image.id, null)).url);
  expect([response.headers.get("content-type"), await response.text()]).toEqual(["image/webp", "the thumbnail"]);
});

test.each<[string, object, RegExp]>([
  ["was never made", {}, /^“reference.png” has no thumbnail yet\.$/],
  ["shows former bytes", { thumbnailEtag: "former" }, /has changed since its thumbnail was made; the next backfill/],
  [
    "shows former bytes of what is damaged now",
    { thumbnailEtag: "former", readEtag: "now", unreadableClass: "undecodable", unreadable: "Its data is damaged." },
    /^Its data is damaged\.$/,
  ],
  [
    "was never made, and whose former bytes were damaged",
    { readEtag: "former", unreadableClass: "undecodable", unreadable: "Its data is damaged." },
    /has no thumbnail yet/,
  ],
  ["is of an image that is gone", { thumbnailEtag: "now", goneAt: new Date(0) }, /is no longer in the bucket/],
])("a thumbnail that %s is not found, with a sentence", async (_, facts, sentence) => {
  const image = await openImage(facts);
  await expect(linkToThumbnail(image, image.id, null)).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringMatching(sentence),
  });
});

test("an original is shown in place as what its bytes were read to be, not as what it was stored as", async () => {
  const image = await openImage(readAs("image/png"));
  const response = await fetch((await linkToOriginal(image, image.id, null)).url);
  expect(await response.text()).toBe("the original");
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(response.headers.get("content-disposition")).toBeNull();
});

test.each<[string, object]>([
  ["were not read", {}],
  ["were read before they changed", readAs("image/png", "former")],
  ["are no picture", readAs(null)],
  ["no browser shows", readAs("image/tiff")],
])("an original whose bytes %s is downloaded", async (_, facts) => {
  const image = await openImage(facts);
  const response = await fetch((await linkToOriginal(image, image.id, null)).url);
  expect(await response.text()).toBe("the original");
  expect(response.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''reference.png");
});

test("an image that nobody knows is not found", async () => {
  const image = await openImage({});
  for (const link of [linkToThumbnail, linkToOriginal]) {
    await expect(link(image, 4_711, null)).rejects.toMatchObject({ code: "not-found" });
  }
});

describe.each([
  ["thumbnail", linkToThumbnail],
  ["original", linkToOriginal],
])("the way to the %s", (_, link) => {
  const at = (time: string) => ({ now: () => new Date(`2026-11-29T${time}Z`) });
  const facts = { ...readAs("image/png"), thumbnailEtag: "now" };

  test("is kept by a browser to the end of its window, for the bytes that a page means, and never longer", async () => {
    const image = await openImage(facts, at("10:20:00"));
    const keep = async (time: string, etag: string | null) =>
      (await link({ ...image, clock: at(time) }, image.id, etag)).keepSeconds;
    expect(await keep("10:00:00", "now")).toBe(3_600);
    expect(await keep("10:20:00", "now")).toBe(2_400);
    expect(await keep("10:59:59.900", "now")).toBe(0);
    expect(await keep("10:20:00", "former")).toBe(0);
    expect(await keep("10:20:00", null)).toBe(0);
  });

  test("is the same link within a window, and another for other bytes", async () => {
    const image = await openImage(facts, at("10:20:00"));
    const { url } = await link(image, image.id, "now");
    expect((await link(image, image.id, "former")).url).toBe(url);
    const data = { etag: "later", readEtag: "later", thumbnailEtag: "later" };
    await image.db.image.update({ where: { id: image.id }, data });
    expect((await link(image, image.id, "later")).url).not.toBe(url);
  });
});
