import sharp from "sharp";
import { expect, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/storage.server";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow } from "./support/test-window";

const { url, cloud } = await openConsole();

/** A page of the list and three more. */
const PICTURES = 63;

async function uploadPictures() {
  const storage = createStorage(loadEnv({ NODE_ENV: "test", AWS_ENDPOINT_URL_S3: cloud.s3.url }));
  const body = await sharp({ create: { width: 24, height: 32, channels: 3, background: "#7a5c48" } })
    .jpeg()
    .toBuffer();
  for (let n = 0; n < PICTURES; n += 1) {
    await storage.put(`uploads/서울-${n}.jpg`, body, { contentType: "image/jpeg" });
  }
}

test("images are indexed, found by a Korean word, narrowed by a facet, turned over and back", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await uploadPictures();
  await signInByHand(page, "Mina Sato");
  await page.goto("/images?text=서울");
  await page.getByRole("heading", { name: "No image matches" }).waitFor();
  await page.goto("/job-runs");
  await page.getByRole("button", { name: "Index images" }).click();
  await page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Images", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search keys" }).fill("서울");
  await page.keyboard.press("Enter");
  await page.getByText(`${PICTURES} images`, { exact: true }).waitFor();
  const shown = () => page.getByRole("region", { name: "Images found" }).getByRole("listitem").getByRole("img").count();
  await page.getByRole("link", { name: /^upload\s*63$/ }).click();
  await page.getByRole("link", { name: "Remove filter: of kind upload" }).waitFor();
  await expect.poll(shown).toBe(60);

  await page.getByRole("link", { name: "Next" }).click();
  await expect.poll(shown).toBe(3);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect.poll(shown).toBe(60);
  await page.goBack();
  await expect.poll(shown).toBe(3);

  expect(complaints).toEqual([]);

  const refused = await page.goto("/images?owners=nobody");
  expect(refused?.status()).toBe(422);
  await page.getByText("There is no filter called “owners”.").waitFor();
  await page.getByRole("link", { name: "Go to Images" }).click();
  await page.getByRole("heading", { level: 1, name: "Images" }).waitFor();
  await context.close();
});
