import pMap from "p-map";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, test } from "vitest";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/storage.server";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow } from "./support/test-window";

const { url, cloud, ports } = await openConsole();
const storage = createStorage(loadEnv({ NODE_ENV: "test", AWS_ENDPOINT_URL_S3: cloud.s3.url }));

/** A page of the list and three more. */
const PICTURES = 63;
/** More than a window shows, and than may be drawn at once. */
const MANY = 480;
const ETAG = "0".repeat(32);

async function uploadPictures() {
  const body = await sharp({ create: { width: 24, height: 32, channels: 3, background: "#7a5c48" } })
    .jpeg()
    .toBuffer();
  for (let n = 0; n < PICTURES; n += 1) {
    await storage.put(`uploads/서울-${n}.jpg`, body, { contentType: "image/jpeg" });
  }
}

const keyOf = (n: number) => `long/${String(n).padStart(4, "0")}.png`;

/** Rows of the index as a run would leave them; one thumbnail for all is enough to be drawn. */
async function indexMany() {
  const at = new Date(1_764_000_000_000);
  await ports.db.image.createMany({
    data: Array.from({ length: MANY }, (_, n) => ({
      key: keyOf(n),
      etag: ETAG,
      bytes: 1_000n + BigInt(n),
      kind: "other",
      thumbnailEtag: ETAG,
      isTextDue: false,
      modifiedAt: at,
      createdAt: new Date(at.getTime() + n * 1_000),
    })),
  });
  const thumbnail = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#48607a" } })
    .webp()
    .toBuffer();
  // A few at a time: a connection that has to wait for hundreds of others is given up.
  const put = (n: number) => storage.put(thumbnailKey(keyOf(n)), thumbnail, { contentType: "image/webp" });
  await pMap(Array(MANY).keys(), put, { concurrency: 8 });
}

const inList = (page: Page) => page.getByRole("region", { name: "Images found" });
/** The keys of the images whose middle is in sight, below the bars that stay at the window's edge. */
const names = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("[data-image-index]")].flatMap((card) => {
    const { top, bottom } = card.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    return middle > 104 && middle < innerHeight ? [card.querySelector("a").title] : [];
  })`);
const pictures = (page: Page): Promise<number> => page.evaluate("document.images.length");

/** Turns the wheel until an image is seen; tells how many picture elements the page had at most. */
async function scrollUntil(page: Page, key: string, direction: 1 | -1): Promise<number> {
  let most = 0;
  await expect
    .poll(
      async () => {
        most = Math.max(most, await pictures(page));
        const seen = await names(page);
        if (!seen.includes(key)) await page.mouse.wheel(0, direction * 400);
        return seen;
      },
      { interval: 20 },
    )
    .toContain(key);
  return most;
}

/** How many cards lie between the place that the address names and the first that is seen. */
async function cardsFromPlace(page: Page): Promise<number> {
  const [, named] = /after=\d+\.long%2F(\d+)/.exec(page.url()) ?? [];
  const [, first] = /^long\/(\d+)/.exec((await names(page))[0] ?? "") ?? [];
  return Math.abs(Number(named) - Number(first));
}

/** What is seen, and the address, once neither changes any more. */
async function atRest(page: Page) {
  let last = "";
  await expect
    .poll(async () => {
      const former = last;
      last = JSON.stringify([page.url(), await names(page)]);
      return last === former;
    })
    .toBe(true);
  return { seen: await names(page), address: page.url() };
}

test("images are indexed, found by a Korean word, narrowed by a facet, and scrolled through", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await uploadPictures();
  await signInByHand(page, "Mina Sato");
  await page.goto("/images?text=서울");
  await page.getByRole("heading", { name: "No image matches" }).waitFor();
  await page.goto("/job-runs");
  await page.getByRole("button", { name: "Index images" }).click();
  await page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Images", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search images" }).fill("서울");
  await page.keyboard.press("Enter");
  await page.getByText(`${PICTURES} images`, { exact: true }).waitFor();
  await page.getByRole("link", { name: /^upload\s*63$/ }).click();
  await page.getByRole("link", { name: "Remove filter: of kind upload" }).waitFor();
  await scrollUntil(page, "uploads/서울-0.jpg", 1);
  await scrollUntil(page, `uploads/서울-${PICTURES - 1}.jpg`, -1);
  expect(complaints).toEqual([]);

  const refused = await page.goto("/images?owners=nobody");
  expect(refused?.status()).toBe(422);
  await page.getByText("There is no filter called “owners”.").waitFor();
  await page.getByRole("link", { name: "Go to Images" }).click();
  await page.getByRole("heading", { level: 1, name: "Images" }).waitFor();
  await context.close();
});

test("a long list holds few pictures, reads on both ways, and is where it was when one comes back", async () => {
  await indexMany();
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await page.goto("/images?prefix=long%2F&sort=key-asc");
  await page.getByText(`${MANY} images`, { exact: true }).waitFor();
  await page.mouse.move(800, 600);
  expect(await scrollUntil(page, keyOf(MANY - 1), 1)).toBeLessThanOrEqual(150);
  expect(await scrollUntil(page, keyOf(200), -1)).toBeLessThanOrEqual(150);

  // The address follows a moment after scrolling has ended.
  await expect.poll(() => cardsFromPlace(page)).toBeLessThan(24);
  const { seen, address } = await atRest(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.goBack();
  await expect.poll(() => names(page)).toEqual(seen);
  await scrollUntil(page, keyOf(0), -1);

  // Sent to a colleague: it begins there, with the images before it above.
  await page.goto("about:blank");
  await page.goto(address);
  await expect.poll(async () => (await names(page)).some((key) => seen.includes(key))).toBe(true);
  await scrollUntil(page, keyOf(0), -1);
  await scrollUntil(page, keyOf(MANY - 1), 1);
  expect(complaints).toEqual([]);
  await context.close();
});

test("what is read above or drawn otherwise moves nothing that is looked at", async () => {
  const { context, page } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  const place = await ports.db.image.findFirstOrThrow({ where: { key: keyOf(239) } });
  const answers: string[] = [];
  page.on("response", (answer) => answer.url().includes("/images.data") && answers.push(answer.url()));
  await page.goto(`/images?prefix=long%2F&sort=key-asc&after=${place.id}.${encodeURIComponent(place.key)}`);
  // Two pages before were read at least, and the first image is still the one that the address names.
  await expect.poll(() => new Set(answers.filter((answer) => answer.includes("before="))).size).toBeGreaterThan(1);
  await expect.poll(async () => (await names(page))[0]).toBe(keyOf(240));

  await page.getByRole("slider", { name: "Size of pictures" }).press("ArrowLeft");
  await page.waitForURL(/size=2/);
  await expect.poll(() => names(page)).toContain(keyOf(240));
  await page.getByRole("link", { name: "Table" }).press("Enter");
  await page.getByRole("table", { name: "Images" }).waitFor();
  await expect.poll(() => names(page)).toContain(keyOf(240));
  expect(await scrollUntil(page, keyOf(0), -1)).toBeLessThanOrEqual(150);
  await context.close();
});

test("keys go from image to image, beyond what is drawn", async () => {
  const { context, page } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await page.goto("/images?prefix=long%2F&sort=key-asc");
  await page.getByText(`${MANY} images`, { exact: true }).waitFor();
  const focused = () => page.evaluate("document.activeElement?.title");
  for (let presses = 0; presses < 90; presses += 1) {
    await page.keyboard.press("j");
    await expect.poll(focused).toBe(keyOf(presses));
  }
  await page.keyboard.press("k");
  await expect.poll(focused).toBe(keyOf(88));
  await context.close();
});

test("an empty list asks once; where no answer comes it says so and goes on", async () => {
  const { context, page } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/images.data") && asked.push(request.url()));
  await page.goto("/images?prefix=nowhere%2F");
  await page.getByRole("heading", { name: "No image matches" }).waitFor();
  await page.getByText("0 images", { exact: true }).waitFor();
  expect(asked).toEqual([]);

  await page.goto("/images?prefix=long%2F&sort=key-asc&after=1.z");
  await page.getByRole("heading", { name: "No images from here on" }).waitFor();
  await page.getByRole("link", { name: "Go to the first images" }).click();
  await page.waitForURL(/prefix=long%2F&sort=key-asc$/);
  await page.getByRole("heading", { name: "No images from here on" }).waitFor({ state: "detached" });

  await page.route(/images\.data.*after=/, (route) => route.abort());
  await page.goto("/images?prefix=long%2F&sort=key-asc");
  await page.mouse.move(800, 600);
  const note = inList(page).getByText("Not reachable, trying again");
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 2_000);
      return note.isVisible();
    })
    .toBe(true);
  // While no answer comes: with one the button is gone, for the page asks again by itself.
  await Promise.all([
    page.waitForRequest(/images\.data.*after=/),
    inList(page).getByRole("button", { name: "Retry" }).click(),
  ]);
  await page.unroute(/images\.data.*after=/);
  await scrollUntil(page, keyOf(MANY - 1), 1);
  await context.close();
});

test("an image opens beside its list: steps by keys, closes to its card, and has a page of its own", async () => {
  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  const list = "/images?prefix=long%2F&sort=key-asc";
  await page.goto(list);
  await page.getByText(`${MANY} images`, { exact: true }).waitFor();
  await page.getByTitle(keyOf(2)).press("Space");
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("heading", { name: "0002.png" }).waitFor();
  await page.waitForURL(/image=\d+/);
  await page.keyboard.press("ArrowRight");
  await drawer.getByRole("heading", { name: "0003.png" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await drawer.getByRole("heading", { name: "0002.png" }).waitFor();
  const address = page.url();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate("document.activeElement?.title")).toBe(keyOf(2));
  expect(new URL(page.url()).searchParams.has("image")).toBe(false);

  // Sent to a colleague.
  await page.goto(address);
  await drawer.getByRole("heading", { name: "0002.png" }).waitFor();
  await drawer.getByRole("link", { name: "Open page" }).click();
  await page.getByRole("heading", { level: 1, name: "0002.png" }).waitFor();
  await page.getByRole("link", { name: "Next image" }).click();
  await page.getByRole("heading", { level: 1, name: "0003.png" }).waitFor();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await page.getByText(`${MANY} images`, { exact: true }).waitFor();
  // These objects were never there: their originals cannot be had, and their thumbnails stand in for them.
  expect(complaints.filter((complaint) => !complaint.includes("404"))).toEqual([]);

  expect((await page.goto("/images/999999"))?.status()).toBe(404);
  await page.getByRole("heading", { name: "There is no image 999999" }).waitFor();
  await page.goto(`${list}&image=999999`);
  await drawer.getByText("There is no image 999999.").waitFor();
  expect((await page.goto(`${list}&image=nobody`))?.status()).toBe(422);
  await context.close();
});
