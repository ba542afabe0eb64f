import { Writable } from "node:stream";
import pino from "pino";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, expect, test, vi } from "vitest";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { startSession } from "~/features/operators/operator-sessions.server";
import { createStorage } from "~/ports/index.server";
import { startServer } from "~/web/server/http-server.server";
import { findFreePorts } from "../../scripts/dev/console/ports";
import { openConsole } from "./support/console";
import { openTestWindow } from "./support/test-window";

const HOUR_MS = 3_600_000;

const { env, ports, cloud } = await openConsole();

// Beside it the same pages over the same data, with a clock of the test's. Only links and what browsers keep go by it.
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs) };
const logged: string[] = [];
const log = pino(
  { level: "trace" },
  new Writable({
    write(line, _, done) {
      logged.push(String(line));
      done();
    },
  }),
);
const [port = 0] = await findFreePorts(1);
const url = `http://127.0.0.1:${port}`;
// As it is served to people: React's other build warns on console.error of what it leaves to the browser.
vi.stubEnv("NODE_ENV", "production");
const server = await startServer({
  env: { ...env, PORT: port, PUBLIC_URL: url },
  ports: { ...ports, clock, log, storage: createStorage(env, { clock }) },
  mode: "production",
});
afterAll(() => server.close());

/** A window of someone who is signed in, so high that the whole list is in view; its browser has the test's clock. */
async function openSignedIn() {
  const operator = await ports.db.operator.create({
    data: { email: "mina@example.com", name: "Mina", role: "viewer", createdAt: clock.now() },
  });
  const value = await startSession(ports, { operatorId: operator.id, sub: null }, null);
  const { context, page, complaints } = await openTestWindow(url, { height: 6_000 });
  await context.addCookies([
    { name: "diffs-session", value: Buffer.from(JSON.stringify(value)).toString("base64"), url },
  ]);
  await page.addInitScript(() => {
    const machine = Date.now.bind(Date);
    Date.now = () => machine() + Number(sessionStorage.getItem("ahead") ?? 0);
  });
  return { context, page, complaints };
}

/** How often each thumbnail was read from the store. */
function countReads(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operation, key } of cloud.s3.requests.recent()) {
    if (operation === "GetObject" && key.startsWith("thumbnails/")) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const pictures = (page: Page) => page.getByRole("region", { name: "Images found" }).locator("img");
/** How many pictures are shown, after each was scrolled to. */
async function countShown(page: Page): Promise<number> {
  for (const picture of await pictures(page).all()) await picture.scrollIntoViewIfNeeded();
  return pictures(page).evaluateAll(
    (all) => all.filter((it) => it instanceof HTMLImageElement && it.complete && it.naturalWidth > 0).length,
  );
}

const setVisibility = (page: Page, state: "visible" | "hidden") =>
  page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

async function setAhead(page: Page, ms: number) {
  aheadMs = ms;
  cloud.s3.setAhead(ms);
  await page.evaluate((ahead) => sessionStorage.setItem("ahead", String(ahead)), ms);
}

test("pictures are read once a window, and all there when a tab that was hidden past their links' end is seen again", async () => {
  const { context, page, complaints } = await openSignedIn();
  // Not near a window's end, for it must not come while the test runs.
  const intoWindow = Date.now() % HOUR_MS;
  await page.goto("/login");
  const start = 10 * HOUR_MS + 60_000 - intoWindow;
  await setAhead(page, start);
  cloud.s3.requests.reset();

  const links: string[] = [];
  page.on("response", (response) => response.status() === 302 && links.push(response.headers().location ?? ""));
  await page.goto("/images");
  const images = await ports.db.image.findMany({ where: { goneAt: null } });
  const total = images.filter(({ etag, thumbnailEtag }) => thumbnailEtag === etag).length;
  expect(total).toBeGreaterThan(20);
  await expect.poll(() => countShown(page)).toBe(total);
  const once = countReads();
  expect(Object.values(once)).toEqual(Array.from({ length: total }, () => 1));

  // Back and forth within the page, a new load of it, and a tab that was hidden for less than a window.
  await page.getByRole("link", { name: "Overview" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.goBack();
  await expect.poll(() => countShown(page)).toBe(total);
  const asked = logged.length;
  await page.reload();
  await expect.poll(() => countShown(page)).toBe(total);
  expect(logged.slice(asked).filter((line) => line.includes("/thumbnail"))).toEqual([]);
  await setVisibility(page, "hidden");
  await setVisibility(page, "visible");
  await expect.poll(() => countShown(page)).toBe(total);
  expect(countReads()).toEqual(once);

  const former = links.find((link) => link.includes("/thumbnails/")) ?? "";
  await setVisibility(page, "hidden");
  await setAhead(page, start + 3 * HOUR_MS);
  expect((await fetch(former)).status).toBe(403);
  cloud.s3.requests.reset();
  await setVisibility(page, "visible");
  await expect.poll(async () => Object.keys(countReads()).length === total && (await countShown(page))).toBe(total);
  expect(countReads()).toEqual(once);

  // Other bytes show at once, within the same window.
  const image = await ports.db.image.findFirstOrThrow({ where: { goneAt: null, NOT: { thumbnailEtag: null } } });
  const body = await sharp({ create: { width: 31, height: 17, channels: 3, background: "#24507c" } })
    .webp()
    .toBuffer();
  // Who writes has the machine's clock.
  cloud.s3.setAhead(0);
  await ports.storage.put(thumbnailKey(image.key), body, { contentType: "image/webp" });
  cloud.s3.setAhead(aheadMs);
  const etag = "0123456789abcdef0123456789abcdef";
  await ports.db.image.update({ where: { id: image.id }, data: { etag, thumbnailEtag: etag } });
  await page.reload();
  const changed = page.locator(`img[src^="/images/${image.id}/thumbnail"]`);
  await changed.scrollIntoViewIfNeeded();
  await expect.poll(() => changed.evaluate((it) => it instanceof HTMLImageElement && it.naturalWidth)).toBe(31);

  // A link is in the answer that leads to it, and nowhere else.
  const signature = new URL(former).searchParams.get("X-Amz-Signature") ?? "none";
  expect(await page.content()).not.toContain("X-Amz-");
  expect(logged.some((line) => line.includes(`/images/${image.id}/thumbnail`))).toBe(true);
  expect(logged.filter((line) => line.includes("X-Amz-") || line.includes(signature))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
