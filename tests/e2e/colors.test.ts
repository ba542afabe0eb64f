import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toThumbnail } from "~/features/images/pixels/read-image.server";
import { launchBrowser } from "../../scripts/dev/browser/browser";
import { fieldsOf16Bit, withCicp } from "../support/coded-pictures";
import { wholeJpegs } from "../support/odd-jpegs";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(() => browser.close());

/** What Chromium draws, on white: red, green and blue of each pixel. */
async function drawn(type: string, bytes: Buffer): Promise<Buffer> {
  const source = JSON.stringify(`data:image/${type};base64,${bytes.toString("base64")}`);
  const pixels = await page.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = ${source};
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let text = "";
    for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i], data[i + 1], data[i + 2]);
    return btoa(text);
  })()`);
  return Buffer.from(pixels, "base64");
}

/** Our thumbnail of a picture that is no larger than one, on white: red, green and blue of each pixel. */
async function thumbnailOf(bytes: Buffer): Promise<Buffer> {
  const image = await toThumbnail(bytes, 512);
  if (!image.ok) throw new Error(image.error);
  return sharp(image.body).flatten({ background: "#fff" }).removeAlpha().raw().toBuffer();
}

function meanDifference(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}

const png16 = () => fieldsOf16Bit().png().toBuffer();
const png8 = async () =>
  sharp(await png16())
    .toColourspace("srgb")
    .png()
    .toBuffer();
const inP3 = async (picture: Promise<Buffer>) => sharp(await picture).withIccProfile("p3");
/** A GIF of 60 × 40 px whose one frame, red, is 20 × 10 px at (30, 20). */
async function smallFrame(): Promise<Buffer> {
  const gif = await sharp({ create: { width: 20, height: 10, channels: 3, background: "#d02020" } })
    .gif()
    .toBuffer();
  const frame = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 20, 0, 10, 0]));
  gif.writeUInt16LE(60, 6);
  gif.writeUInt16LE(40, 8);
  gif.writeUInt16LE(30, frame + 1);
  gif.writeUInt16LE(20, frame + 3);
  return gif;
}

// Lossless they would differ by less than 1; WebP's quality of 80 costs the rest. Browsers choose their own curve for HDR.
test.each([
  ["16-bit PNG", "png", png16, 3],
  ["16-bit PNG in P3", "png", async () => (await inP3(png16())).png().toBuffer(), 3],
  ["8-bit PNG in P3", "png", async () => (await inP3(png8())).png().toBuffer(), 3],
  ["10-bit AVIF in P3", "avif", async () => (await inP3(png16())).avif({ bitdepth: 10, quality: 90 }).toBuffer(), 3],
  ["12-bit AVIF in P3", "avif", async () => (await inP3(png16())).avif({ bitdepth: 12, quality: 90 }).toBuffer(), 3],
  ["8-bit PNG, P3 by cICP", "png", async () => withCicp(await png8(), 12, 13), 3],
  ["16-bit PNG, P3 by cICP", "png", async () => withCicp(await png16(), 12, 13), 3],
  ["16-bit PNG, BT.2020 by cICP", "png", async () => withCicp(await png16(), 9, 14), 3],
  ["16-bit PNG, linear by cICP", "png", async () => withCicp(await png16(), 1, 8), 3],
  ["16-bit PNG, PQ", "png", async () => withCicp(await png16(), 9, 16), 10],
  ["16-bit PNG, HLG", "png", async () => withCicp(await png16(), 9, 18), 10],
  ["GIF with a small first frame", "gif", smallFrame, 3],
] as const)("a thumbnail has Chromium's colors: %s", async (_, type, make, most) => {
  const bytes = await make();
  expect(meanDifference(await thumbnailOf(bytes), await drawn(type, bytes))).toBeLessThan(most);
});

test("a JPEG that Chromium shows whole has a thumbnail of what it shows, whatever libjpeg warns of", async () => {
  // Nothing of its picture is missing, but Chromium waits for more before it draws the last rows.
  const { "no end": _, ...jpegs } = await wholeJpegs();
  const differences = new Map<string, number>();
  for (const [name, bytes] of Object.entries(jpegs)) {
    differences.set(name, meanDifference(await thumbnailOf(bytes), await drawn("jpeg", bytes)));
  }
  expect(differences.size).toBeGreaterThan(7);
  expect([...differences].filter(([, difference]) => difference >= 3)).toEqual([]);
});
