import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { PART_BYTES } from "~/features/ingest/uploads/upload-file";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow } from "./support/test-window";

const picture = (background: string) =>
  sharp({ create: { width: 32, height: 24, channels: 3, background } })
    .png()
    .toBuffer();

/** An address outside of the console, as far as it knows. */
const outside = createServer(async (_request, response) => {
  response.writeHead(200, { "Content-Type": "image/png" }).end(await picture("#7a5c48"));
});
outside.listen(0, "127.0.0.1");
await once(outside, "listening");
afterAll(() => void outside.close());
const bound = outside.address();
const host = `127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`;

const { url, cloud, ports } = await openConsole({ variables: { OUTSIDE_TEST_HOSTS: host } });

/** Drops files on the page, as a file manager would. */
async function drop(page: Page, files: { name: string; body: Buffer }[]) {
  const sent = files.map(({ name, body }) => ({ name, base64: body.toString("base64") }));
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of ${JSON.stringify(sent)}) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { lastModified: 1_700_000_000_000 }));
    }
    return transfer;
  })()`);
  await page.dispatchEvent("[data-drop-zone]", "drop", { dataTransfer });
}

const run = async (page: Page, button: string | RegExp) => {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();
};
const found = (page: Page) => page.locator("[data-image-index]");

test("three files and an address become images, and the undo takes them away", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Ingest" }).click();
  await page.getByRole("heading", { level: 1, name: "Ingest images" }).waitFor();
  // The bucket is overloaded for a moment: the page goes on by itself.
  cloud.s3.setFaults([{ operation: "UploadPart", status: 503, times: 1 }]);
  const bodies = await Promise.all(["#101010", "#808080", "#f0f0f0"].map(picture));
  await drop(page, [
    ...bodies.map((body, at) => ({ name: `rain ${at}.png`, body })),
    { name: "notes.txt", body: Buffer.from("text") },
  ]);
  await page.getByText("“notes.txt” does not have the name of an image file").waitFor();
  await page.getByText("3 files uploaded", { exact: true }).waitFor();
  await page.getByLabel("Addresses").fill(`http://${host}/four.png?signature=secret\nnot an address`);
  await page.getByText("default/{topic}/supporting/{hash}.{extension}").waitFor();
  await page.getByRole("textbox", { name: "Topic" }).fill("Cats in the rain");
  await page.getByText("default/cats-in-the-rain/supporting/{hash}.{extension}").waitFor();
  await page.getByText("Line 2 cannot be read: that is no web address.").waitFor();
  await page.getByLabel("Addresses").fill(`http://${host}/four.png?signature=secret`);
  await page.getByLabel("Role").selectOption("hero");
  await page.getByText("A topic has one such picture, and here are 4 images.").waitFor();
  await page.getByLabel("Role").selectOption("comparison");
  await page.getByText("default/cats-in-the-rain/comparison/{model}_{hash}.{extension}").waitFor();
  await page.getByLabel("Role").selectOption("supporting");
  await page.getByText("default/cats-in-the-rain/supporting/{hash}.{extension}").waitFor();
  await page.getByRole("button", { name: "Plan 4 images" }).click();
  await page.getByText("Ingest images from “3 files and 1 address”").first().waitFor();
  await run(page, "Apply to 4 items");
  const { pathname } = new URL(page.url());

  await open(page, "/images?text=cats-in-the-rain");
  await expect.poll(() => found(page).count()).toBe(4);
  const keys = (await ports.db.image.findMany({ where: { key: { startsWith: "default/" } } })).map(({ key }) => key);
  expect(keys).toHaveLength(4);
  for (const key of keys) expect(key).toMatch(/^default\/cats-in-the-rain\/supporting\/[0-9a-f]{8}\.png$/);

  await open(page, pathname);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await page.getByText("Restores what run").waitFor();
  await run(page, /^Apply/);
  await open(page, "/images?text=cats-in-the-rain");
  await page.getByText("No image matches").waitFor();
  const blocked = complaints.filter((text) => !text.includes("503"));
  expect(blocked).toEqual([]);
  await context.close();
});

/** A picture of 100 MB: most of it is chunks that no reader looks at. */
async function writeLargePicture(file: string): Promise<Buffer> {
  const png = await picture("#48607a");
  const headerEnd = 8 + 25;
  const filler = Array.from({ length: 100 }, () => chunk("prVt", randomBytes(1_000_000)));
  const body = Buffer.concat([png.subarray(0, headerEnd), ...filler, png.subarray(headerEnd)]);
  writeFileSync(file, body);
  return body;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

test("an upload of 100 MB goes on after the tab was closed in the middle, and no part is sent twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "large-picture-"));
  const file = join(folder, "large.png");
  const body = await writeLargePicture(file);
  const parts = Math.ceil(body.length / PART_BYTES);
  const { context, page } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  const taken = () =>
    cloud.s3.requests.recent().filter(({ operation, status }) => operation === "UploadPart" && status === 200).length;
  cloud.s3.requests.reset();
  // Five parts are taken, and the store is silent from then on.
  cloud.s3.setFaults([
    { operation: "UploadPart", delayMs: 1, times: 5 },
    { operation: "UploadPart", hang: true },
  ]);
  await open(page, "/ingest");
  await page.getByLabel("Drop images here, or choose them").setInputFiles(file);
  await page.getByText(/^Uploading, \d/).waitFor();
  await expect.poll(() => cloud.s3.requests.count("UploadPart")).toBe(6);
  await page.close();
  expect(taken()).toBe(5);

  cloud.s3.setFaults([]);
  const again = await context.newPage();
  await open(again, "/ingest");
  await again.getByText("large.png, 41.9 MB of 100 MB are there. Choose the file again to go on").waitFor();
  await again.getByLabel("Drop images here, or choose them").setInputFiles(file);
  await again.getByText("1 file uploaded", { exact: true }).waitFor();
  expect(taken()).toBe(parts);
  const { key } = await ports.db.upload.findFirstOrThrow({ where: { name: "large.png" } });
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(sha256((await ports.storage.get(key)).body)).toBe(sha256(body));

  await again.getByRole("textbox", { name: "Topic" }).fill("Large");
  await again.getByRole("button", { name: "Plan 1 image" }).click();
  await run(again, "Apply to 1 item");
  expect(await ports.db.image.count({ where: { key: { startsWith: "default/large/supporting/" } } })).toBe(1);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Has the page stop before it reads its fourth piece of a file, until `goOn`. */
async function holdReading(page: Page) {
  await page.addInitScript(`(() => {
    const read = Blob.prototype.arrayBuffer;
    let pieces = 0;
    Blob.prototype.arrayBuffer = async function () {
      pieces += 1;
      if (pieces === 4) await new Promise((goOn) => { window.goOnReading = goOn; });
      return read.call(this);
    };
  })()`);
  return { goOn: () => page.evaluate("window.goOnReading()") };
}

test("an upload is paused while its file is read and while it is sent, and goes on from the parts that are there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "paused-picture-"));
  const file = join(folder, "paused.png");
  const body = await writeLargePicture(file);
  const { context, page, complaints } = await openTestWindow(url);
  const reading = await holdReading(page);
  await signInByHand(page, "Mina Sato");
  const taken = () =>
    cloud.s3.requests.recent().filter(({ operation, status }) => operation === "UploadPart" && status === 200).length;
  cloud.s3.requests.reset();
  cloud.s3.setFaults([
    { operation: "UploadPart", delayMs: 1, times: 2 },
    { operation: "UploadPart", hang: true },
  ]);
  await open(page, "/ingest");
  await page.getByLabel("Drop images here, or choose them").setInputFiles(file);
  await page.getByText(/^Reading, 2\d/).waitFor();
  await page.getByRole("button", { name: "Pause paused.png" }).click();
  await page.getByText("0 of 1 file uploaded, 1 paused", { exact: true }).waitFor();
  await reading.goOn();
  await page.getByText("1 upload paused. Resume or remove it first.").waitFor();
  expect(cloud.s3.requests.count("UploadPart")).toBe(0);

  await page.getByRole("button", { name: "Resume paused.png" }).click();
  await page.getByText(/^Uploading, \d/).waitFor();
  await expect.poll(() => cloud.s3.requests.count("UploadPart")).toBe(3);
  await page.getByRole("button", { name: "Pause paused.png" }).click();
  await page.getByText("0 of 1 file uploaded, 1 paused", { exact: true }).waitFor();
  expect(taken()).toBe(2);

  cloud.s3.setFaults([]);
  await page.getByRole("button", { name: "Resume paused.png" }).click();
  await page.getByText("1 file uploaded", { exact: true }).waitFor();
  expect(taken()).toBe(Math.ceil(body.length / PART_BYTES));
  const { key } = await ports.db.upload.findFirstOrThrow({ where: { name: "paused.png" } });
  expect((await ports.storage.get(key)).body.equals(body)).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});
