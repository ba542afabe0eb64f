import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openTestGemini } from "../../../../tests/support/gemini";
import { wholeJpegs } from "../../../../tests/support/odd-jpegs";
import { noise } from "../../../../tests/support/odd-pictures";
import { randomOf } from "../../../../tests/support/random";
import { type Inpainted, toInpainted } from "./read-image.server";

type Size = { width: number; height: number };

const plain = ({ width, height }: Size, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** Black, with white where it is painted. */
const painted = async (size: Size, area: Size & { left: number; top: number }) =>
  sharp(await plain(size, "#000"))
    .composite([{ input: await plain(area, "#fff"), left: area.left, top: area.top }])
    .png()
    .toBuffer();

function done(image: Inpainted) {
  if (!image.ok) throw new Error(`${image.atFault}: ${image.error}`);
  return image;
}

const pixelsOf = (bytes: Buffer) =>
  sharp(bytes, { ignoreIcc: true }).autoOrient().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });

const size = { width: 64, height: 48 };
const area = { left: 20, top: 10, width: 24, height: 16 };
const isInside = (pixel: number) => {
  const [x, y] = [pixel % size.width, Math.floor(pixel / size.width)];
  return x >= area.left && x < area.left + area.width && y >= area.top && y < area.top + area.height;
};

/** The pixels outside that differ from the source's, and those inside that differ from a color. */
async function differences(source: Buffer, result: Buffer, color: [number, number, number]) {
  const [before, after] = [await pixelsOf(source), await pixelsOf(result)];
  expect(after.info).toMatchObject({
    width: before.info.width,
    height: before.info.height,
    channels: before.info.channels,
  });
  const { channels } = before.info;
  let [outside, inside] = [0, 0];
  for (let pixel = 0; pixel < before.data.length / channels; pixel++) {
    const [was, is] = [before, after].map(({ data }) => [...data.subarray(pixel * channels, (pixel + 1) * channels)]);
    if (isInside(pixel)) inside += color.every((value, at) => is?.[at] === value) ? 0 : 1;
    else outside += was?.every((value, at) => is?.[at] === value) ? 0 : 1;
  }
  return { outside, inside };
}

describe("a picture with an answer in it", () => {
  test.each(["png", "jpeg", "webp", "gif", "avif", "tiff"] as const)(
    "keeps every other pixel of a %s, to the last bit",
    async (format) => {
      const source = await noise(size.width, size.height).toFormat(format).toBuffer();
      const result = done(
        await toInpainted({ source, mask: await painted(size, area), answer: await plain(size, "#2040c0") }),
      );
      expect(result).toMatchObject({ ...size, paintedPixels: area.width * area.height });
      expect(await sharp(result.body).metadata()).toMatchObject({ format: "png", ...size });
      expect(await differences(source, result.body, [0x20, 0x40, 0xc0])).toEqual({ outside: 0, inside: 0 });
    },
  );

  test("holds for any picture, mask and answer: nothing painted is the source's, all painted the answer's, the rest lies between", async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { below, pick } = randomOf(seed);
      const [width, height] = [1 + below(40), 1 + below(40)];
      const channels = seed % 2 === 0 ? 4 : 3;
      const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => below(256)));
      const source = bytes(width * height * channels);
      const answer = bytes(width * height * 3);
      const alpha = Buffer.from(Array.from({ length: width * height }, () => pick([0, 255, below(256)])));
      // One is, so that there is something to do.
      alpha[0] = 255;
      const mask = Buffer.from([...alpha].flatMap((value) => [200, 30, 90, value]));
      const png = (samples: Buffer, of: 3 | 4) =>
        sharp(samples, { raw: { width, height, channels: of } })
          .png()
          .toBuffer();
      const asks = { source: await png(source, channels), mask: await png(mask, 4), answer: await png(answer, 3) };
      const { data } = await pixelsOf(done(await toInpainted(asks)).body);
      for (let pixel = 0; pixel < width * height; pixel++) {
        const share = alpha[pixel] ?? 0;
        for (let channel = 0; channel < channels; channel++) {
          const was = source[pixel * channels + channel] ?? 0;
          const drawn = channel === 3 ? 255 : (answer[pixel * 3 + channel] ?? 0);
          const is = data[pixel * channels + channel] ?? 0;
          const isFine =
            share === 0
              ? is === was
              : share === 255
                ? is === drawn
                : Math.min(was, drawn) <= is && is <= Math.max(was, drawn);
          if (!isFine) throw new Error(`seed ${seed}, pixel ${pixel}, channel ${channel}: ${was} → ${is}, of ${drawn}`);
        }
      }
    }
  });

  test("an answer of another size covers the picture", async () => {
    const source = await noise(size.width, size.height).png().toBuffer();
    const answer = await plain({ width: 200, height: 90 }, "#2040c0");
    const result = done(await toInpainted({ source, mask: await painted(size, area), answer }));
    expect(await differences(source, result.body, [0x20, 0x40, 0xc0])).toEqual({ outside: 0, inside: 0 });
  });

  test("a picture keeps its color profile and its numbers; the answer is converted to it", async () => {
    const source = await noise(size.width, size.height).withIccProfile("p3").png().toBuffer();
    const answer = await plain(size, "#c04020");
    const result = done(await toInpainted({ source, mask: await painted(size, area), answer }));
    const { icc } = await sharp(source).metadata();
    expect((await sharp(result.body).metadata()).icc).toEqual(icc);
    expect(await differences(source, result.body, [0xb2, 0x49, 0x2c])).toEqual({ outside: 0, inside: 0 });
  });

  test("what a model changed beside the mask is put right", async () => {
    const { model } = await openTestGemini();
    const source = await noise(size.width, size.height).png().toBuffer();
    const mask = await painted(size, area);
    const [image, painting] = [source, mask].map((bytes) => ({ bytes, contentType: "image/png" }));
    if (!image || !painting) throw new Error("No pictures.");
    const drawing = await model.draw({
      model: "gemini-nano-banana-2.1",
      instruction: "make it blue",
      base: { image, mask: painting },
      maxOutputTokens: 8_192,
    });
    if (drawing.kind !== "drawn") throw new Error(JSON.stringify(drawing));
    const answer = drawing.image.bytes;
    const scaled = await sharp(answer).resize(size.width, size.height).png().toBuffer();
    expect((await differences(source, scaled, [0, 0, 0])).outside).toBeGreaterThan(1_000);
    const { body } = done(await toInpainted({ source, mask, answer }));
    expect((await differences(source, body, [0, 0, 0])).outside).toBe(0);
    const center = await sharp(body).extract({ left: 28, top: 14, width: 8, height: 8 }).toBuffer();
    const [red, , blue] = (await sharp(center).stats()).channels;
    expect((blue?.mean ?? 0) - (red?.mean ?? 0)).toBeGreaterThan(60);
  });

  test("a picture that lies turned is painted on as it is seen", async () => {
    const source = await noise(size.height, size.width).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const result = done(
      await toInpainted({ source, mask: await painted(size, area), answer: await plain(size, "#2040c0") }),
    );
    expect(await differences(source, result.body, [0x20, 0x40, 0xc0])).toEqual({ outside: 0, inside: 0 });
  });

  test("takes every whole JPEG, however it was written, unless it is in colors for print", async () => {
    for (const [name, source] of Object.entries(await wholeJpegs())) {
      const { width, height } = (await sharp(source).metadata()).autoOrient;
      const [mask, answer] = [await plain({ width, height }, "#fff"), await plain({ width, height }, "#2040c0")];
      const result = await toInpainted({ source, mask, answer });
      const isForPrint = (await sharp(source).metadata()).space === "cmyk";
      expect({ name, ...result }).toMatchObject({ name, ok: !isForPrint });
    }
  });
});

describe("is refused, with what to do", () => {
  const refused = async (changes: Partial<Parameters<typeof toInpainted>[0]>) =>
    toInpainted({
      source: await plain(size, "#888"),
      mask: await painted(size, area),
      answer: await plain(size, "#2040c0"),
      ...changes,
    });

  test("a mask of another size", async () => {
    expect(await refused({ mask: await plain({ width: 1200, height: 48 }, "#fff") })).toEqual({
      ok: false,
      atFault: "mask",
      error: "The mask has 1\u202f200 × 48 px, the picture 64 × 48 px. Paint it again on this picture.",
    });
  });

  test("a mask with nothing on it, or in a format that blurs", async () => {
    expect(await refused({ mask: await plain(size, "#000") })).toMatchObject({
      atFault: "mask",
      error: "Nothing is painted on the mask. Paint over what is to change.",
    });
    const jpeg = await sharp(await plain(size, "#fff"))
      .jpeg()
      .toBuffer();
    expect(await refused({ mask: jpeg })).toMatchObject({ error: expect.stringContaining("The mask is not a PNG.") });
  });

  test.each(["source", "mask", "answer"] as const)("a %s that cannot be read", async (role) => {
    const names = { source: "picture", mask: "mask", answer: "model’s answer" };
    for (const bytes of [Buffer.from("no picture"), Buffer.alloc(0), (await plain(size, "#fff")).subarray(0, 90)]) {
      expect(await refused({ [role]: bytes })).toMatchObject({
        atFault: role,
        error: expect.stringContaining(`The ${names[role]} cannot be read.`),
      });
    }
  });

  test("a picture that a change would take something from", async () => {
    const deep = await noise(size.width, size.height).toColourspace("rgb16").png().toBuffer();
    expect(await refused({ source: deep })).toMatchObject({
      atFault: "source",
      error: expect.stringContaining("has more than 8 bit a color, which a change would lose."),
    });
    const cmyk = await noise(size.width, size.height).toColourspace("cmyk").jpeg().toBuffer();
    expect(await refused({ source: cmyk })).toMatchObject({ error: expect.stringContaining("is in colors for print") });
  });
});
