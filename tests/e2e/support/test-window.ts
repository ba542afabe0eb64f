import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, expect } from "vitest";
import { isAlive, type Look, launchBrowser, openWindow } from "../../../scripts/dev/browser/browser";
import { limits } from "../../limits";

export type TestWindow = {
  context: BrowserContext;
  page: Page;
  /** What the browser itself complains of: errors of scripts, and what the security policy blocks. */
  complaints: string[];
};

const wide: Look = { width: 1440, height: 900, colorScheme: "light" };

/** One for all tests of a file: starting it takes longer than many of them. */
const browser = await launchBrowser();
afterAll(() => browser.close());

const LONGEST_SHOWN = 6_000;

/** Says what each open page shows when a test fails: that a wait came to its end does not tell what was there instead. */
afterEach(async ({ task }) => {
  const error = task.result?.errors?.[0];
  if (!error) return;
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    const seen = await page.locator("body").ariaSnapshot().catch(String);
    error.message += `\n${page.url()} shows:\n${seen.slice(0, LONGEST_SHOWN)}`;
  }
});

/** A window with one page, signed out; it shares nothing with any other. To be closed with `context.close()`. */
export async function openTestWindow(url: string, look: Partial<Look> = {}): Promise<TestWindow> {
  const context = await openWindow(browser, url, { ...wide, ...look });
  context.setDefaultTimeout(limits.expect.poll.timeout);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  return { context, page, complaints };
}

/** Goes to an address and waits until its page answers to presses. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await whenAlive(page);
}

/** Waits until the page answers to presses. */
export const whenAlive = (page: Page) => expect.poll(() => isAlive(page)).toBe(true);

/** Opens the command palette and searches it, once it takes what is typed. */
export async function searchCommands(page: Page, words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or run a command" }).fill(words);
}
