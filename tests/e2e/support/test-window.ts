import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser, openWindow } from "../../../scripts/dev/browser/browser";
import { limits } from "../../limits";

export type TestWindow = {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** What the browser itself complains of: errors of scripts, and what the security policy blocks. */
  complaints: string[];
};

/** A browser of a test's own with one wide window, signed out. */
export async function openTestWindow(url: string): Promise<TestWindow> {
  const browser = await launchBrowser();
  const context = await openWindow(browser, url, { width: 1440, height: 900, colorScheme: "light" });
  context.setDefaultTimeout(limits.expect.poll.timeout);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  return { browser, context, page, complaints };
}
