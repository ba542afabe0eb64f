import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { toThumbnail } from "~/features/images/pixels/read-image.server";
import { noise, oriented, plainPng } from "./support/odd-pictures";

const EDGE = 512;

/**
 * What a file ought to give, found without the code under test: its size when upright, or null when it is unusable. What
 * libjpeg warns of is damaged or not, so a JPEG's warnings decide nothing: tests of their own are about that.
 */
async function expectedSize(
  bytes: Buffer,
  failOn: "none" | "warning",
): Promise<{ width: number; height: number; orientation: number } | null> {
  try {
    const { format, width, height, orientation = 1 } = await sharp(bytes, { limitInputPixels: 100_000_000 }).metadata();
    if (format === "svg") return null;
    await sharp(bytes, { failOn }).raw().toBuffer();
    return orientation > 4 ? { width: height, height: width, orientation } : { width, height, orientation };
  } catch {
    return null;
  }
}

/** The picture turned by its orientation's own definition, small, on white. */
function upright(bytes: Buffer, orientation: number, size: { width: number; height: number }): Promise<Buffer> {
  const turns = [0, 0, 180, 180, 270, 90, 90, 270];
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  const picture = isMirrored ? sharp(bytes).flop() : sharp(bytes);
  return picture
    .keepMetadata()
    .toColourspace("srgb")
    .png()
    .toBuffer()
    .then((mirrored) =>
      sharp(mirrored)
        .rotate(turns[orientation - 1] ?? 0)
        .png()
        .toBuffer(),
    )
    .then((turned) => pixels(turned, size));
}

function pixels(bytes: Buffer, { width, height }: { width: number; height: number }): Promise<Buffer> {
  return sharp(bytes)
    .flatten({ background: "#fff" })
    .resize(width, height, { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer();
}

function meanDifference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}

async function expectThumbnailOrReason(bytes: Buffer): Promise<void> {
  const image = await toThumbnail(bytes, EDGE);
  if (!image.ok) {
    expect(await expectedSize(bytes, "warning")).toBeNull();
    expect(image.errorClass).toMatch(/^(?:not-an-image|undecodable|unsupported|too-large|too-slow|empty)$/);
    expect(image.error).toMatch(/^[A-Z].{20,}\.$/s);
    return;
  }
  const expected = await expectedSize(bytes, image.contentType === "image/jpeg" ? "none" : "warning");
  expect(expected).toMatchObject({ width: image.width, height: image.height });
  const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
  const { format, width, height, depth, space, orientation } = await sharp(image.body).metadata();
  expect({ format, depth, space, orientation }).toEqual({
    format: "webp",
    depth: "uchar",
    space: "srgb",
    orientation: undefined,
  });
  expect(Math.abs(width - image.width * scale)).toBeLessThanOrEqual(1);
  expect(Math.abs(height - image.height * scale)).toBeLessThanOrEqual(1);
  const small = { width: 32, height: 32 };
  const difference = meanDifference(
    await pixels(image.body, small),
    await upright(bytes, expected?.orientation ?? 1, small),
  );
  expect(difference).toBeLessThan(6);
}

describe("every odd file gives an upright thumbnail or a class and a sentence", () => {
  test("of a folder with one of each kind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "diffs-ops-odd-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const whole = await noise(800, 600).jpeg().toBuffer();
    const files: Record<string, Buffer> = {
      "empty.jpg": Buffer.alloc(0),
      "text.png": Buffer.from("no picture"),
      "drawing.svg": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      "truncated.jpg": whole.subarray(0, 9_000),
      "giant.png": plainPng(20_000, 14_000),
      "no extension": whole,
      "cmyk.jpg": await sharp({ create: { width: 90, height: 60, channels: 3, background: "#3060c0" } })
        .toColourspace("cmyk")
        .jpeg()
        .toBuffer(),
    };
    for (let orientation = 1; orientation <= 8; orientation++) {
      files[`turned ${orientation}.jpg`] = await oriented(orientation);
    }
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);

    for (const name of readdirSync(folder)) {
      await expectThumbnailOrReason(readFileSync(join(folder, name))).catch((error) => {
        throw new Error(`${name}: ${error.message}`, { cause: error });
      });
    }
  });

  const folder = process.env.ODD_IMAGES_DIR;
  if (folder) {
    test.each(readdirSync(folder))("%s", (name) => expectThumbnailOrReason(readFileSync(join(folder, name))));
  } else {
    console.log("Left out: the odd images of a folder; ODD_IMAGES_DIR names none.");
  }
});
