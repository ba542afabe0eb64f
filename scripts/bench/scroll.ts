// Scrolls the page of images through a long list, in Chromium: the most picture elements that it ever held, its longest
// task, and its heap on the way. Prints one JSON document. Usage: npm run bench -- scroll [IMAGES]     (20,000 unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { blankJpeg } from "~/features/images/pixels/blank-jpeg.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { loadEnv } from "~/ports/env.server";
import { launchBrowser, openWindow, signInByHand } from "../dev/browser/browser";
import { startLocalConsole } from "../dev/console/local-console";
import { localEnv } from "../dev/console/local-env";
import { findFreePorts } from "../dev/console/ports";
import { seedObjects } from "../dev/s3/objects/seed-objects";

const images = Number(process.argv[2] ?? 20_000);
const MARKS = [1_000, images / 2, images];
/** Px a step: less than the window's height, as with a wheel that is turned fast. */
const STEP = 700;
const ETAG = "0".repeat(32);

const keyOf = (n: number) => `generated/u-${n % 200}/2026/11/${String(n).padStart(6, "0")}.png`;
const keys = Array.from({ length: images }, (_, n) => keyOf(n));

const folder = mkdtempSync(join(tmpdir(), "bench-scroll-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const servicePorts = { web, s3, gemini, google };
seedObjects({
  dataDir: join(folder, "s3"),
  bucket: loadEnv(localEnv({ ports: servicePorts, folder })).S3_BUCKET,
  keys: keys.map(thumbnailKey),
  body: await blankJpeg(256, 256),
  contentType: "image/jpeg",
});
const local = await startLocalConsole({ ports: servicePorts, folder, say: () => {} });

async function seedRows() {
  for (let start = 0; start < images; start += 1_000) {
    await local.ports.db.image.createMany({
      data: keys.slice(start, start + 1_000).map((key, n) => ({
        key,
        etag: ETAG,
        bytes: 2_000_000n + BigInt(start + n),
        kind: "generated",
        thumbnailEtag: ETAG,
        isTextDue: false,
        modifiedAt: new Date(1_764_000_000_000),
        createdAt: new Date(1_764_000_000_000 + (start + n) * 1_000),
      })),
    });
  }
}

/** Installed before the page's own scripts: what it holds at most, and every task of more than 50 ms. */
const watch = `
  window.watched = { nodes: 0, tasks: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.watched.tasks.push(Math.round(duration));
  }).observe({ type: "longtask", buffered: true });
  const count = () => { window.watched.nodes = Math.max(window.watched.nodes, document.images.length); requestAnimationFrame(count); };
  count();`;

type State = { last: number; nodes: number; tasks: number[] };
const state = (page: Page): Promise<State> =>
  page.evaluate(`({
    last: Number([...document.querySelectorAll("[data-image-index]")].at(-1)?.dataset.imageIndex ?? -1),
    ...window.watched,
  })`);

async function heapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return Math.round((usedSize / 1024 ** 2) * 10) / 10;
}

/** Turns the wheel until an image of this index is drawn. */
async function scrollTo(page: Page, index: number): Promise<void> {
  while ((await state(page)).last < index) {
    await page.mouse.wheel(0, STEP);
    await page.waitForTimeout(16);
  }
}

const browser = await launchBrowser();
try {
  await seedRows();
  const context = await openWindow(browser, local.url, { width: 1440, height: 900, colorScheme: "light" });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await signInByHand(page, "Mina Sato");
  await page.goto("/images");
  await page.mouse.move(800, 600);
  const session = await context.newCDPSession(page);
  const startedAt = performance.now();
  const heaps: Record<string, number> = {};
  for (const mark of MARKS) {
    await scrollTo(page, mark - 1);
    heaps[mark] = await heapMb(session);
  }
  const { nodes, tasks } = await state(page);
  process.stdout.write(
    `${JSON.stringify(
      {
        images,
        seconds: Math.round((performance.now() - startedAt) / 100) / 10,
        mostPictureNodes: nodes,
        longTasks: tasks.length,
        longestTaskMs: Math.max(0, ...tasks),
        heapMbAfter: heaps,
        heapRatio: Math.round(((heaps[images] ?? 0) / (heaps[1_000] ?? 1)) * 100) / 100,
      },
      null,
      2,
    )}\n`,
  );
} finally {
  await browser.close();
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
}
