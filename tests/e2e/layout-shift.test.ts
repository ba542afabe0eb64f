import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInByHand, untilAlive, untilSettled } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { serveInPieces } from "./support/in-pieces";
import { openTestWindow, type TestWindow } from "./support/test-window";

const { url, cloud, pages } = await openConsole();

/** How far things may jump while a page comes, as browsers sum it up: 0.1 counts as good elsewhere. */
const MOST_SHIFT = 0.02;
/** Pictures come so much later than the page, as from a store far away. */
const PICTURE_MS = 700;

/** Counts from the first paint on, whatever moves what is in sight, and what moved most. */
const watch = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const moved = sources.map(({ node }) => node?.nodeName + "." + (node?.className ?? "")).join(", ");
      window.shifts.push({ value, moved: moved.slice(0, 200) });
    }
  }).observe({ type: "layout-shift", buffered: true });
`;

/** What moved, and by how much in all, once the page and its pictures have come. */
async function readShifts(page: Page): Promise<{ sum: number; moved: string[] }> {
  const shifts = await page.evaluate<{ value: number; moved: string }[]>("window.shifts");
  return {
    sum: shifts.reduce((sum, { value }) => sum + value, 0),
    moved: shifts.map(({ value, moved }) => `${value.toFixed(4)} ${moved}`),
  };
}

describe.each([1440, 390])("at %i px, with pictures that come late", (width) => {
  let context: TestWindow["context"];
  let page: Page;

  beforeAll(async () => {
    ({ context, page } = await openTestWindow(url, { width }));
    await signInByHand(page, "Mina Sato");
    await page.addInitScript(watch);
    // As at the first look: kept ones would come with the page.
    await (await context.newCDPSession(page)).send("Network.setCacheDisabled", { cacheDisabled: true });
    cloud.s3.setFaults([{ operation: "GetObject", keyPattern: "\\.(webp|jpe?g|png)$", delayMs: PICTURE_MS }]);
  });
  afterAll(() => context.close());

  test("a jump would be seen", async () => {
    await page.goto("/owners");
    await untilAlive(page);
    await page.evaluate(
      "document.querySelector('h1').before(Object.assign(document.createElement('p'), { style: 'height: 300px' }))",
    );
    await expect.poll(async () => (await readShifts(page)).sum).toBeGreaterThan(MOST_SHIFT);
  });

  test.each(pages)("nothing jumps: $name", async ({ path }) => {
    await page.goto(path);
    await untilSettled(page);
    const { sum, moved } = await readShifts(page);
    expect(sum, moved.join("\n")).toBeLessThan(MOST_SHIFT);
  });
});

describe("at 1440 px, with pages that come in pieces", () => {
  let context: TestWindow["context"];
  let page: Page;
  let slow: Awaited<ReturnType<typeof serveInPieces>>;

  beforeAll(async () => {
    slow = await serveInPieces(url);
    ({ context, page } = await openTestWindow(url, { width: 1440 }));
    await signInByHand(page, "Mina Sato");
    await page.addInitScript(watch);
    cloud.s3.setFaults([]);
  });
  afterAll(async () => {
    await context.close();
    slow.stop();
  });

  // The two whose buttons and counts jumped while they were parsed.
  const jumped = pages.filter(({ name }) => ["attribute-groups-list", "job-runs"].includes(name));
  test.each(jumped)("nothing jumps: $name", async ({ path }) => {
    await page.goto(new URL(path, slow.url).href);
    await untilSettled(page);
    const { sum, moved } = await readShifts(page);
    expect(sum, moved.join("\n")).toBeLessThan(MOST_SHIFT);
  });
});
