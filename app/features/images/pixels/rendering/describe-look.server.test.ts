import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { noise } from "../../../../../tests/support/odd-pictures";
import { describeLook } from "./describe-look.server";

const look = async (picture: Sharp) => {
  const { data, info } = await picture.toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return describeLook({ samples: data, width, height, channels });
};
/** In how many of their bits two hashes differ. */
const distance = (a: string, b: string) => (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll("0", "").length;

/** A light disk, low on the right, on a dark slope. */
const drawing = (width: number, height: number) =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" width="${width}" height="${height}">
      <linearGradient id="g"><stop stop-color="#123"/><stop offset="1" stop-color="#a53"/></linearGradient>
      <rect width="40" height="30" fill="url(#g)"/><circle cx="28" cy="20" r="7" fill="#fed"/></svg>`),
  ).removeAlpha();

test("a picture has the same look at another size, in another format, a little brighter", async () => {
  const { perceptualHash } = await look(drawing(400, 300));
  expect(perceptualHash).toMatch(/^[0-9a-f]{16}$/);
  const like = [
    drawing(120, 90),
    sharp(await drawing(400, 300).jpeg({ quality: 40 }).toBuffer()),
    drawing(400, 300).linear(1.1, 4),
  ];
  for (const other of like) expect(distance(perceptualHash, (await look(other)).perceptualHash)).toBeLessThanOrEqual(8);
});

test("mirrored or of something else it has another", async () => {
  const { perceptualHash } = await look(drawing(400, 300));
  for (const other of [drawing(400, 300).flop(), noise(400, 300)]) {
    expect(distance(perceptualHash, (await look(other)).perceptualHash)).toBeGreaterThan(16);
  }
});

test("the placeholder is tiny, of the picture's shape and colors", async () => {
  const { placeholder } = await look(drawing(400, 300));
  expect(placeholder?.length).toBeLessThan(300);
  const small = sharp(placeholder ?? Buffer.alloc(0));
  expect(await small.metadata()).toMatchObject({ format: "webp", width: 12, height: 9 });
  const mean = async (picture: Sharp) => (await picture.stats()).channels.map((channel) => channel.mean);
  const whole = await mean(drawing(400, 300));
  for (const [i, value] of (await mean(small)).entries()) expect(Math.abs(value - (whole[i] ?? 0))).toBeLessThan(8);
});

test("what is transparent has none, for it would show through", async () => {
  const clear = sharp({ create: { width: 60, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } });
  expect(await look(clear)).toMatchObject({ placeholder: null });
});

test("a flat picture has no hash, for all that are flat would have the same", async () => {
  for (const background of ["#000", "#fff", "#888"]) {
    const flat = sharp({ create: { width: 60, height: 40, channels: 3, background } });
    expect(await look(flat)).toMatchObject({ perceptualHash: "" });
  }
});

test("of one pixel, too", async () => {
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: "#888" } });
  expect(await look(dot)).toMatchObject({ placeholder: expect.any(Buffer) });
});
