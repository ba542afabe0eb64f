import { createHash } from "node:crypto";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { damagedJpegs, wholeJpegs } from "../../../../tests/support/odd-jpegs";
import { noise, oriented, plainPng } from "../../../../tests/support/odd-pictures";
import { type RenderedImage, toModelJpeg, toThumbnail } from "./read-image.server";

const red = { r: 220, g: 30, b: 30 };
function rendered(image: RenderedImage) {
  if (!image.ok) throw new Error(image.error);
  return image;
}

/** The colour in the middle of each quarter: top left, top right, bottom left, bottom right. */
async function quarters(bytes: Buffer): Promise<string[]> {
  const { data, info } = await sharp(bytes).flatten().raw().toBuffer({ resolveWithObject: true });
  const colours = ["#d02020", "#20a020", "#2040d0", "#e0c020"];
  return [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
      const seen = [...data.subarray(offset, offset + 3)];
      const distance = (colour: string) =>
        [1, 3, 5].reduce(
          (sum, at, i) => sum + Math.abs(Number.parseInt(colour.slice(at, at + 2), 16) - (seen[i] ?? 0)),
          0,
        );
      return colours.reduce((best, colour) => (distance(colour) < distance(best) ? colour : best));
    }),
  );
}

const read = (bytes: Buffer) => toThumbnail(bytes, 512);

describe("what bytes are", () => {
  test("tells type, size, hash and frames from the bytes", async () => {
    const png = await sharp({ create: { width: 30, height: 20, channels: 3, background: red } })
      .png()
      .toBuffer();
    expect(await read(png)).toEqual({
      ok: true,
      contentType: "image/png",
      width: 30,
      height: 20,
      pages: 1,
      hasIptc: false,
      sha256: createHash("sha256").update(png).digest("hex"),
      body: expect.any(Buffer),
      // One color has no look to be compared by.
      look: { placeholder: expect.any(Buffer), perceptualHash: "" },
    });
  });

  test.each(["jpeg", "png", "webp", "gif", "avif", "tiff"] as const)("reads %s", async (format) => {
    const bytes = await noise(64, 48).toFormat(format).toBuffer();
    expect(await read(bytes)).toMatchObject({ ok: true, contentType: `image/${format}`, width: 64, height: 48 });
  });

  test.each([
    ["no bytes", Buffer.alloc(0), "empty", /no bytes/],
    ["text", Buffer.from("Light: one softbox."), "not-an-image", /not JPEG/],
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), "not-an-image", /SVG/],
    ["a signature and nothing more", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "undecodable", /damaged|ends before/],
    ["a HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), "unsupported", /HEIC/],
  ])("refuses %s with a class and a sentence", async (_, bytes, errorClass, error) => {
    expect(await read(bytes)).toEqual({ ok: false, errorClass, error: expect.stringMatching(error) });
  });

  test("refuses a damaged header", async () => {
    const jpeg = await noise(64, 48).jpeg().toBuffer();
    jpeg.fill(0x41, 4, 200);
    expect(await read(jpeg)).toMatchObject({ ok: false, errorClass: "undecodable" });
  });

  test.each(["jpeg", "png", "webp", "gif", "avif"] as const)("refuses a %s that was cut off", async (format) => {
    const whole = await noise(320, 240).toFormat(format).toBuffer();
    const cut = whole.subarray(0, Math.floor(whole.length / 2));
    expect(await read(cut)).toMatchObject({ ok: false, errorClass: "undecodable" });
  });

  test("reads every JPEG that browsers show whole, as they show it", async () => {
    const { plain, ...others } = await wholeJpegs();
    const { data: expected } = await sharp(plain).raw().toBuffer({ resolveWithObject: true });
    for (const [kind, bytes] of Object.entries(others)) {
      const image = await read(bytes);
      expect([kind, image]).toEqual([kind, expect.objectContaining({ ok: true, width: 320, height: 240 })]);
      const seen = await sharp(rendered(image).body).raw().toBuffer();
      const difference = seen.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 0)), 0) / seen.length;
      expect(difference, kind).toBeLessThan(3);
    }
  });

  test("refuses every JPEG that lost a part of its picture", async () => {
    for (const [kind, bytes] of Object.entries(await damagedJpegs())) {
      const refused = { ok: false, errorClass: "undecodable", error: expect.stringMatching(/upload it again\.$/) };
      expect([kind, await read(bytes)]).toEqual([kind, refused]);
    }
  });

  test.each([
    ["12 bits", "This is a JPEG of 12 bits a color, which is not read here; store it as a plain JPEG or PNG."],
    ["lossless", "This is a lossless JPEG, which is not read here; store it as a plain JPEG or PNG."],
  ])("names the kind of a JPEG that is not read: %s", async (kind, error) => {
    const jpeg = await noise(64, 48).jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    if (kind === "12 bits") jpeg[frame + 4] = 12;
    else jpeg[frame + 1] = 0xc3;
    expect(await read(jpeg)).toEqual({ ok: false, errorClass: "unsupported", error });
  });

  test("tells damaged from whole the same when many are read at once", async () => {
    const whole = await noise(640, 480).jpeg().toBuffer();
    const cut = whole.subarray(0, Math.floor(whole.length / 2));
    const phone = Buffer.from(whole);
    const scan = phone.indexOf(Buffer.from([0xff, 0xda]));
    const components = phone[scan + 4] ?? 0;
    phone.fill(0, scan + 5 + 2 * components, scan + 8 + 2 * components);

    const images = await Promise.all(Array.from({ length: 60 }, (_, n) => read([whole, cut, phone][n % 3] ?? whole)));

    for (const [n, image] of images.entries()) {
      if (n % 3 !== 1) expect(image).toMatchObject({ ok: true });
      else
        expect(image).toMatchObject({
          ok: false,
          error: expect.stringMatching(/^The picture's data ends after 4\d % of it; upload it again\.$/),
        });
    }
  });

  test("refuses what would take more memory than there is for it, from the header alone", async () => {
    const avif = await noise(64, 48).avif().toBuffer();
    const size = avif.indexOf("ispe") + 8;
    avif.writeUInt32BE(9_000, size);
    avif.writeUInt32BE(9_000, size + 4);
    expect(await read(avif)).toEqual({
      ok: false,
      errorClass: "too-large",
      error:
        "An image of this format with 9\u202f000 × 9\u202f000 px takes 1\u202f468 MiB of memory to decode; up to 768 MiB are used. Store a smaller version, or a JPEG.",
    });
  });

  test("refuses 20,000 × 14,000 px from the header alone", async () => {
    // Nothing follows the header: whoever decoded it would find it cut.
    const giant = plainPng(20_000, 14_000).subarray(0, 100);
    expect(await read(giant)).toEqual({
      ok: false,
      errorClass: "too-large",
      error:
        "The image has 20\u202f000 × 14\u202f000 px (280 megapixels); up to 100 megapixels are read. Store a smaller version.",
    });
  });

  test("refuses more frames than anyone animates, and reads as many as are allowed", async () => {
    const frames = async (count: number) => {
      const gif = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#888" } })
        .gif()
        .toBuffer();
      const first = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
      const frame = gif.subarray(first, -1);
      return Buffer.concat([gif.subarray(0, first), ...Array.from({ length: count }, () => frame), gif.subarray(-1)]);
    };
    expect(await read(await frames(10_000))).toMatchObject({ ok: true, pages: 10_000 });
    expect(await read(await frames(10_001))).toEqual({
      ok: false,
      errorClass: "too-large",
      error: "The file holds 10\u202f001 frames or pages; up to 10\u202f000 are read. Store its first one alone.",
    });
  });

  test("reads a picture of just as many pixels as are allowed", async () => {
    expect(await read(plainPng(10_000, 10_000))).toMatchObject({ ok: true, width: 10_000, height: 10_000 });
    expect(await read(plainPng(10_000, 10_001))).toMatchObject({ ok: false, errorClass: "too-large" });
  });
});

describe("EXIF orientation", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("%i is honoured in size and pixels", async (orientation) => {
    const bytes = await oriented(orientation);
    const upright = ["#d02020", "#20a020", "#2040d0", "#e0c020"];

    for (const image of [await toThumbnail(bytes, 512), await toThumbnail(bytes, 60), await toModelJpeg(bytes, 60)]) {
      expect(image).toMatchObject({ ok: true, width: 120, height: 80 });
      const { body } = rendered(image);
      const { width = 0, height = 0, orientation: left } = await sharp(body).metadata();
      expect([width / height, left]).toEqual([1.5, undefined]);
      expect(await quarters(body)).toEqual(upright);
    }
  });
});

describe("toThumbnail", () => {
  test("makes a WebP with a long side of 512 px and never enlarges", async () => {
    const large = rendered(await toThumbnail(await noise(800, 1_600).jpeg().toBuffer(), 512));
    expect(large).toMatchObject({ contentType: "image/jpeg", width: 800, height: 1_600 });
    expect(await sharp(large.body).metadata()).toMatchObject({ format: "webp", width: 256, height: 512 });

    const small = rendered(await toThumbnail(await noise(40, 30).png().toBuffer(), 512));
    expect(await sharp(small.body).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  test("keeps at least one pixel of a very narrow picture", async () => {
    const { body } = rendered(await toThumbnail(await noise(6_000, 2).png().toBuffer(), 512));
    expect(await sharp(body).metadata()).toMatchObject({ width: 512, height: 1 });
  });

  test("turns CMYK into sRGB", async () => {
    const cmyk = await sharp({ create: { width: 60, height: 40, channels: 3, background: red } })
      .toColourspace("cmyk")
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");

    const { body } = rendered(await toThumbnail(cmyk, 512));
    const { channels } = await sharp(body).stats();
    expect((await sharp(body).metadata()).space).toBe("srgb");
    expect(channels[0]?.mean).toBeGreaterThan(180);
    expect(channels[1]?.mean).toBeLessThan(80);
  });

  test("turns 16 bit into 8", async () => {
    const deep = await sharp({ create: { width: 60, height: 40, channels: 4, background: { ...red, alpha: 0.5 } } })
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");

    const { body } = rendered(await toThumbnail(deep, 512));
    expect(await sharp(body).metadata()).toMatchObject({ depth: "uchar", space: "srgb", hasAlpha: true });
    expect(Math.abs(((await sharp(body).stats()).channels[0]?.mean ?? 0) - red.r)).toBeLessThan(8);
  });

  test("keeps transparency", async () => {
    const clear = await sharp({ create: { width: 60, height: 40, channels: 4, background: { ...red, alpha: 0 } } })
      .png()
      .toBuffer();
    const { body } = rendered(await toThumbnail(clear, 512));
    expect((await sharp(body).stats()).isOpaque).toBe(false);
  });

  test.each(["gif", "webp"] as const)("takes the first frame of an animated %s", async (format) => {
    const frame = (background: string) =>
      sharp({ create: { width: 60, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
    const animated = await sharp([await frame("#d02020"), await frame("#2040d0"), await frame("#20a020")], {
      join: { animated: true },
    })
      .toFormat(format)
      .toBuffer();

    const image = rendered(await toThumbnail(animated, 512));
    expect(image).toMatchObject({ pages: 3, width: 60, height: 40 });
    expect((await sharp(image.body).metadata()).pages ?? 1).toBe(1);
    expect(new Set(await quarters(image.body))).toEqual(new Set(["#d02020"]));
  });

  test("leaves EXIF, ICC and XMP behind", async () => {
    const tagged = await noise(60, 40)
      .withExif({ IFD0: { Copyright: "Somebody", Artist: "Sofia" } })
      .withIccProfile("p3")
      .jpeg()
      .toBuffer();
    expect(await sharp(tagged).metadata()).toMatchObject({ exif: expect.anything(), icc: expect.anything() });

    const { exif, icc, xmp } = await sharp(rendered(await toThumbnail(tagged, 512)).body).metadata();
    expect({ exif, icc, xmp }).toEqual({});
  });
});

describe("toModelJpeg", () => {
  test("lays transparency on white", async () => {
    const clear = await sharp({ create: { width: 60, height: 40, channels: 4, background: { ...red, alpha: 0 } } })
      .png()
      .toBuffer();
    const { body } = rendered(await toModelJpeg(clear, 768));
    expect(await sharp(body).metadata()).toMatchObject({ format: "jpeg", space: "srgb", hasAlpha: false });
    expect((await sharp(body).stats()).channels.map(({ min }) => min)).toEqual([255, 255, 255]);
  });

  test("gives the same bytes for the same picture", async () => {
    const png = await noise(900, 700).png().toBuffer();
    const [first, second] = [rendered(await toModelJpeg(png, 512)), rendered(await toModelJpeg(png, 512))];
    expect(second.body.equals(first.body)).toBe(true);
  });

  test("says why it cannot", async () => {
    expect(await toModelJpeg(Buffer.from("no picture"), 512)).toMatchObject({ ok: false, errorClass: "not-an-image" });
  });
});
