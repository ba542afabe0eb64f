import { readFileSync } from "node:fs";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/storage.server";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow, type TestWindow } from "./support/test-window";

const { url, cloud } = await openConsole();

/** Enough work to be paused in the middle of: more chunks than are carried out at once, each of them slow. */
const IMAGES = 160;
const REFUSED = 4;

let context: TestWindow["context"];
let page: TestWindow["page"];
let complaints: TestWindow["complaints"];

beforeEach(async () => {
  ({ context, page, complaints } = await openTestWindow(url));
});
afterEach(async () => {
  cloud.s3.setFaults([]);
  await context.close();
});

/** Pictures that have no thumbnail yet. */
async function uploadPictures() {
  const storage = createStorage(loadEnv({ NODE_ENV: "test", AWS_ENDPOINT_URL_S3: cloud.s3.url }));
  const body = await sharp({ create: { width: 240, height: 320, channels: 3, background: "#7a5c48" } })
    .jpeg()
    .toBuffer();
  for (let n = 0; n < IMAGES; n += 1) {
    const key = `uploads/jun-park/2026/11/session-${String(n).padStart(3, "0")}.jpg`;
    await storage.put(key, body, { contentType: "image/jpeg" });
  }
}

/** By the rail. */
const go = (name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();
const button = (name: string | RegExp) => page.getByRole("button", { name });
const state = (words: string) => page.getByRole("status").getByText(words, { exact: true });

/** Items done, as the progress bar says. */
const readDone = () =>
  page
    .getByRole("progressbar", { name: /^Progress of/ })
    .evaluate((bar) => (bar instanceof HTMLProgressElement ? bar.value : Number.NaN));

test("a run: plan, look, apply, pause, resume, retry what failed, undo", async () => {
  await uploadPictures();
  await signInByHand(page, "Jun Park");
  await go("Jobs");
  await button("Index images").click();
  await state("Succeeded").waitFor();

  // Plan, and look: what would happen to each, and nothing has.
  await go("Jobs");
  await button("Plan thumbnails").click();
  await button(`Apply to ${IMAGES} items`).waitFor();
  await page.getByText("Nothing has been changed.").waitFor();
  const firstItem = page.getByRole("row").filter({ hasText: "session-000.jpg" });
  expect(await firstItem.textContent()).toMatch(/no thumbnail → ?new thumbnail/);
  const runPage = page.url();

  cloud.s3.setFaults([
    { operation: "GetObject", keyPattern: "session-00[0-3]", status: 403, code: "AccessDenied" },
    { operation: "GetObject", keyPattern: "session-", delayMs: 500 },
  ]);
  await button(`Apply to ${IMAGES} items`).click();
  await expect.poll(readDone).toBeGreaterThan(REFUSED);

  // Pause: once what is in flight has ended, nothing moves any more. The same key resumes, for the focus has stayed.
  await button("Pause run").press("Enter");
  await state("Paused").waitFor();
  const readWhenReloaded = async () => {
    await page.reload();
    return readDone();
  };
  const moved = async () => {
    const before = await readWhenReloaded();
    await page.waitForTimeout(2_000);
    return (await readWhenReloaded()) - before;
  };
  await expect.poll(moved).toBe(0);
  expect(await readDone()).toBeLessThan(IMAGES);
  cloud.s3.setFaults([{ operation: "GetObject", keyPattern: "session-00[0-3]", status: 403, code: "AccessDenied" }]);
  await button("Resume run").press("Enter");
  await state("Finished, some failed").waitFor();
  await page.getByText(`${IMAGES - REFUSED} succeeded · ${REFUSED} failed · 0 skipped`).waitFor();

  // What failed, by class: its items, their export, another try.
  await page.getByRole("link", { name: "S3 denied" }).click();
  await page.waitForURL(/class=/);
  await expect.poll(() => page.getByRole("row").filter({ hasText: "Failed" }).count()).toBe(REFUSED);
  // The page before had as many failed rows, and a link to all items.
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('a[href*="items.csv?"][href*="class="]').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^run-\d+-items-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(lines).toHaveLength(1 + REFUSED);
  expect(lines[1]).toContain("session-000.jpg,failed");
  cloud.s3.setFaults([]);
  await button(`Retry ${REFUSED} failed`).click();
  // The retry has been taken: leaving at once would take the request back.
  await button(`Retry ${REFUSED} failed`).waitFor({ state: "detached" });
  await page.goto(runPage);
  await state("Succeeded").waitFor();
  await page.getByText(`${IMAGES} succeeded · 0 failed · 0 skipped`).waitFor();
  await page.getByText(/^Retried failed items/).waitFor();

  // Undo is a plan as well, for 90 days.
  await page.getByText(/^Can be undone until \d+ [A-Z][a-z]+ \d{4}$/).waitFor();
  await button(`Undo ${IMAGES} items`).click();
  await page.getByRole("heading", { level: 1, name: "Undo of Backfill thumbnails" }).waitFor();
  await button(`Apply to ${IMAGES} items`).waitFor();
  const anItem = page.getByRole("row").filter({ hasText: "session-" }).first();
  expect(await anItem.textContent()).toMatch(/thumbnail, [\d.]+\u202fk?B → ?removed/);
  await button(`Apply to ${IMAGES} items`).click();
  await state("Succeeded").waitFor();
  await page.getByText(`${IMAGES} succeeded · 0 failed · 0 skipped`).waitFor();
  await page.getByRole("link", { name: /^Undoes run \d+$/ }).click();
  await page.getByRole("link", { name: /^Undone by run \d+$/ }).waitFor();
  expect(await button(/^Undo/).count()).toBe(0);
  await go("Jobs");
  await button("Plan thumbnails").click();
  await button(`Apply to ${IMAGES} items`).waitFor();
  await button("Discard plan").click();
  await button("Discard plan").last().click();
  await state("Canceled").waitFor();
  expect(complaints).toEqual([]);
});

test("a viewer reads runs, schedules and the audit log, and is offered nothing to change", async () => {
  await signInByHand(page, "Sofia Reyes");
  for (const path of ["/job-runs", "/schedules", "/audit-log"]) {
    await page.goto(path);
    await page.getByRole("table").waitFor();
    expect(await page.locator("main form").count(), path).toBe(0);
  }
  const answer = await context.request.post(`${url}/schedules`, {
    headers: { Origin: url },
    form: { id: "audit-groups", intent: "disable" },
  });
  expect(answer.status()).toBe(403);
  expect(complaints).toEqual([]);
});

test("a schedule is disabled, enabled and run, and the audit log tells who did", async () => {
  await signInByHand(page, "Jun Park");
  await go("Schedules");
  const row = page.getByRole("row").filter({ hasText: "Remove old run items" });
  await row.getByRole("button", { name: /^Disable/ }).click();
  await row.getByText("Disabled", { exact: true }).waitFor();
  await row.getByRole("button", { name: /^Enable/ }).click();
  await row.getByText(/03:20:00 UTC/).waitFor();
  await row.getByRole("button", { name: /^Run now/ }).click();
  await page.getByRole("heading", { level: 1, name: "Remove old run items" }).waitFor();
  await state("Succeeded").waitFor();

  await go("Audit log");
  await button("Action").click();
  await page.getByRole("link", { name: "Schedule: any" }).click();
  await page.getByRole("link", { name: "Remove filter: Action Schedule: any" }).waitFor();
  const sentences = page.getByRole("row").filter({ hasText: "Jun Park" });
  await expect.poll(() => sentences.count()).toBe(2);
  expect(await sentences.first().textContent()).toContain("Enabled the schedule “remove-old-items”");
  expect(complaints).toEqual([]);
});
