import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { toOtherFormat } from "~/features/images/pixels/read-image.server";
import { noise, oriented } from "../../../../../tests/support/odd-pictures";

const webp = { kind: "webp", quality: 82 } as const;

async function converted(bytes: Buffer, form: Parameters<typeof toOtherFormat>[1] = webp) {
  const image = await toOtherFormat(bytes, form);
  if (!image.ok) throw new Error(JSON.stringify(image));
  return image;
}

const numbers = async (bytes: Buffer) => sharp(bytes, { ignoreIcc: true }).removeAlpha().raw().toBuffer();

test.each(["webp", "avif"] as const)("a whole picture becomes a smaller %s of the same size", async (kind) => {
  const png = await noise(640, 480).blur(2).png().toBuffer();
  const image = await converted(png, { kind, quality: 70 });
  expect(image).toMatchObject({ contentType: "image/png", width: 640, height: 480, look: null });
  const made = await sharp(image.body).metadata();
  expect([made.mediaType, made.width, made.height]).toEqual([`image/${kind}`, 640, 480]);
  expect(image.body.length).toBeLessThan(png.length / 2);
  expect(
    (await toOtherFormat(png, { kind, quality: 70 })).ok &&
      image.body.equals((await converted(png, { kind, quality: 70 })).body),
  ).toBe(true);
});

test("color profile, EXIF and XMP go along, and the numbers of the colors stay", async () => {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>kept</note></x:xmpmeta>`;
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: { r: 240, g: 30, b: 60 } } })
    .withIccProfile("p3")
    .withExif({ IFD0: { Artist: "Mina" } })
    .withXmp(xmp)
    .png()
    .toBuffer();
  const { body } = await converted(png);
  const [from, to] = [await sharp(png).metadata(), await sharp(body).metadata()];
  expect(to.icc?.equals(from.icc ?? Buffer.alloc(0))).toBe(true);
  expect(to.exif?.includes("Mina")).toBe(true);
  expect(to.xmpAsString).toContain("kept");
  const [before, after] = [await numbers(png), await numbers(body)];
  for (const at of [0, 1, 2]) expect(Math.abs((after[at] ?? 0) - (before[at] ?? 0))).toBeLessThanOrEqual(3);
});

test("what is grey with a profile of grey becomes sRGB", async () => {
  const grey = sharp({ create: { width: 64, height: 64, channels: 3, background: "#808080" } }).toColourspace("b-w");
  const png = await grey.png().toBuffer();
  const { body } = await converted(png);
  const made = await sharp(body).metadata();
  expect(made).toMatchObject({ space: "srgb", hasProfile: false });
});

test("a turned picture stands upright, and is not turned again", async () => {
  const image = await converted(await oriented(6));
  expect(image).toMatchObject({ width: 120, height: 80 });
  expect(await sharp(image.body).metadata()).toMatchObject({ width: 120, height: 80 });
  expect((await sharp(image.body).metadata()).orientation ?? 1).toBe(1);
});

test("transparency stays", async () => {
  const clear = sharp({ create: { width: 60, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } });
  const { body } = await converted(await clear.png().toBuffer());
  const { data, info } = await sharp(body).raw().toBuffer({ resolveWithObject: true });
  expect([info.channels, data[3]]).toEqual([4, 128]);
});

const frames = () => {
  const raw = { width: 8, height: 24, channels: 3, pageHeight: 8 } as const;
  return sharp(Buffer.from(Array.from({ length: 8 * 24 * 3 }, (_, at) => Math.floor(at / 192) * 80)), { raw });
};

test.each<[string, string, () => Sharp]>([
  ["an animation", "animated", () => frames().gif({ loop: 0 })],
  ["16 bit", "deep-color", () => noise(32, 32).toColourspace("rgb16").png()],
  ["colors of print", "print-color", () => noise(32, 32).toColourspace("cmyk").jpeg()],
  ["the format already", "same-format", () => noise(32, 32).webp()],
])("%s is not converted", async (_, loses, picture) => {
  expect(await toOtherFormat(await picture().toBuffer(), webp)).toEqual({ ok: false, loses });
});

test("a side that WebP cannot have is told before anything is decoded", async () => {
  const wide = await sharp({ create: { width: 16_384, height: 2, channels: 3, background: "#444" } })
    .png()
    .toBuffer();
  expect(await toOtherFormat(wide, webp)).toEqual({ ok: false, loses: "too-large" });
});

test("what is no picture is told as ever", async () => {
  expect(await toOtherFormat(Buffer.from("text"), webp)).toMatchObject({ ok: false, errorClass: "not-an-image" });
});
