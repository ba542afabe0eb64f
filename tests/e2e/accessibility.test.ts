import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { launchBrowser, openWindow, signInByHand } from "../../scripts/dev/browser/browser";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { url, pages } = inject("console");
const signedOut = [{ name: "login", path: "/login" }];
const missing = { name: "missing page", path: "/no-such-page" };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What axe calls serious or critical, with the elements it means. */
async function findViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not by the page, so the page's own security policy stays in force.
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  describe.each([1440, 390])("at %i px", (width) => {
    test("nobody is kept out by any page", async () => {
      const context = await openWindow(browser, url, { width, height: 900, colorScheme });
      const page = await context.newPage();
      const problems: Record<string, string[]> = {};
      const visit = async ({ name, path }: { name: string; path: string }) => {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        const violations = await findViolations(page);
        if (violations.length > 0) problems[name] = violations;
      };
      for (const each of signedOut) await visit(each);
      await signInByHand(page, "Mina Sato");
      for (const each of [...pages, missing]) await visit(each);
      expect(problems).toEqual({});
      await context.close();
    });

    test("no page is wider than the window", async () => {
      const context = await openWindow(browser, url, { width, height: 900, colorScheme });
      const page = await context.newPage();
      await signInByHand(page, "Mina Sato");
      const tooWide: string[] = [];
      for (const { name, path } of pages) {
        await page.goto(path);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        if (Number(overflow) > 0) tooWide.push(`${name} by ${overflow} px`);
      }
      expect(tooWide).toEqual([]);
      await context.close();
    });
  });
});
