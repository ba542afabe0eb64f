import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow } from "./support/test-window";

const { url } = await openConsole();

let context: BrowserContext;
let page: Page;

beforeEach(async () => {
  ({ context, page } = await openTestWindow(url, { width: 390, height: 844 }));
  await signInByHand(page, "Mina Sato");
});
afterEach(() => context.close());

const isDrawn = (alt: string) =>
  page
    .getByRole("img", { name: alt })
    .evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0);

test("an address that is no page says so within the console, in our words", async () => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
  await page.getByText("There is no page “/no-such-page”.").waitFor();
  expect(await page.getByRole("link", { name: "Try again" }).count()).toBe(0);
  await page.getByRole("button", { name: "Open navigation" }).waitFor();
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
});

test("what is gone leads back to its list", async () => {
  const answer = await page.goto("/label-runs/999999");
  expect(answer?.status()).toBe(404);
  await page.getByText("There is no label run 999999.").waitFor();
  await page.getByRole("link", { name: "Go to Labeling" }).click();
  await page.getByRole("heading", { level: 1, name: "Labeling" }).waitFor();
});

test("a finding leads to its evidence, in sight also where it stands far down", async () => {
  await page.goto("/");
  await page.getByRole("link", { name: /“notes\.txt” in “front_cool” is not named as an image/ }).click();
  const advice = page.getByText("Move the file out of the group.");
  await advice.waitFor();
  await expect.poll(async () => (await advice.boundingBox())?.y ?? -1).toBeGreaterThan(48);
  expect((await advice.boundingBox())?.y).toBeLessThan(844);
});

test("a picture that failed once is asked for again", async () => {
  let refused = 0;
  await context.route(/\/images\/\d+\/thumbnail(?!.*again=)/, (route) => {
    refused += 1;
    return route.abort();
  });
  await page.goto("/attribute-groups/front_warm");
  await expect.poll(() => isDrawn("reference.png")).toBe(true);
  expect(refused).toBeGreaterThan(0);
});

test("an image's page says what cannot be loaded: its original, or also its thumbnail", async () => {
  await page.goto("/attribute-groups/front_warm");
  const drawn = await page.getByRole("img", { name: "reference.png" }).first().getAttribute("src");
  const address = /^\/images\/\d+/.exec(drawn ?? "")?.[0];
  await context.route(/\/images\/\d+\/original/, (route) => route.abort());
  await page.goto(address ?? "");
  await page.getByText("The original cannot be loaded").waitFor();
  expect(await page.getByText("The picture cannot be loaded").count()).toBe(0);
  await context.route(/\/images\/\d+\/thumbnail/, (route) => route.abort());
  await page.reload();
  await page.getByText("The picture cannot be loaded").waitFor();
  expect(await page.getByText("The original cannot be loaded").count()).toBe(0);
  await context.unrouteAll();
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText("The picture cannot be loaded").waitFor({ state: "detached" });
});

test("a picture that could not be had comes when the tab is seen again", async () => {
  await context.route(/\/images\/\d+\/thumbnail/, (route) => route.abort());
  await page.goto("/attribute-groups/front_warm");
  await page.getByRole("img", { name: "reference.png: not available" }).waitFor();
  await context.unrouteAll();
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await expect.poll(() => isDrawn("reference.png")).toBe(true);
});

test("? shows the keys of the page, its own first, also where a list has the focus, and not while someone types", async () => {
  await open(page, "/images");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.getByRole("checkbox").first().focus();
  await page.keyboard.press("?");
  await help.waitFor();
  expect(await help.getByRole("heading", { level: 3 }).first().textContent()).toBe("List of images");
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });

  const search = page.getByRole("searchbox").first();
  await search.focus();
  await page.keyboard.type("?");
  expect(await search.inputValue()).toBe("?");
  expect(await help.count()).toBe(0);
});

test("a list refuses a filter that it does not know", async () => {
  for (const path of [
    "/images",
    "/owners",
    "/job-runs",
    "/audit-log",
    "/refusals",
    "/label-runs",
    "/schedules",
    "/operators",
    "/monitoring",
    "/storage",
    "/prompts",
    "/model-quotas",
    "/image-names",
    "/api-tokens",
    "/storage/thumbnails",
    "/storage/duplicates",
    "/storage/orphans",
  ]) {
    const answer = await page.goto(`${path}?foo=1`);
    expect(answer?.status(), path).toBe(422);
    await page.getByText("There is no filter called “foo”.").waitFor();
  }
});
