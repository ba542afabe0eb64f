import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "./chromium";

/** Flags that keep a browser of a test from asking the network for anything of its own. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];

export type Look = { width: number; height: number; colorScheme: "light" | "dark" };

/** Starts Chromium without a window. @throws Error where there is none */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("There is no Chromium here; CHROMIUM_PATH names one.");
  return chromium.launch({ executablePath, headless: true, args: flags });
}

/** A window of its own: no cookies, one size, light or dark, no motion. */
export function openWindow(browser: Browser, url: string, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: url,
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
}

/** Signs in as a person does: by the button, and by choosing an account on the local Google's page. */
export async function signInByHand(page: Page, name: string): Promise<void> {
  await page.goto("/login");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await page.getByRole("button", { name }).click();
  await page.getByRole("navigation").first().waitFor();
  // A press on a link while Remix still reads the page's data ends React's takeover with its error 345.
  await untilAlive(page);
}

/** Waits until the page answers to presses; the caller's own limit ends a wait in vain. */
export async function untilAlive(page: Page): Promise<void> {
  while (!(await isAlive(page))) await page.waitForTimeout(50);
}

/** True once React has taken over what the server drew: a press on a button does nothing before. */
export const isAlive = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react"))');

/**
 * Waits until the page answers to presses, Remix waits for no data, and every picture in sight has come or failed. Playwright's
 * own "networkidle" counts requests, and waits forever once it has missed the end of one.
 */
export async function untilSettled(page: Page): Promise<void> {
  await untilAlive(page);
  while (!(await page.evaluate<boolean>(isSettled))) await page.waitForTimeout(50);
}

/** Asked twice, two frames apart: what was drawn last may ask for more. */
const isSettled = `(async () => {
  const isInSight = (image) => {
    const { top, right, bottom, left, width } = image.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  };
  const waits = () => {
    const { navigation, revalidation, fetchers } = __remixRouter.state;
    return (
      [navigation.state, revalidation, ...[...fetchers.values()].map(({ state }) => state)].some((state) => state !== "idle") ||
      [...document.images].some((image) => !image.complete && isInSight(image))
    );
  };
  if (waits()) return false;
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  return !waits();
})()`;
