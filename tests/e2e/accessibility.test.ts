import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { openTestWindow } from "./support/test-window";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { url, pages } = await openConsole();
const signedOut = [{ name: "login", path: "/login" }];
const missing = { name: "missing page", path: "/no-such-page" };

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
    const problems: Record<string, string[]> = {};
    const tooWide: string[] = [];

    beforeAll(async () => {
      const { context, page } = await openTestWindow(url, { width, colorScheme });
      const visit = async ({ name, path }: { name: string; path: string }) => {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        if (Number(overflow) > 0) tooWide.push(`${name} by ${overflow} px`);
        const violations = await findViolations(page);
        if (violations.length > 0) problems[name] = violations;
      };
      for (const each of signedOut) await visit(each);
      await signInByHand(page, "Mina Sato");
      for (const each of [...pages, missing]) await visit(each);
      await context.close();
    });

    test("every page can be used by everyone, as far as axe tells", () => {
      expect(problems).toEqual({});
    });

    test("no page is wider than the window", () => {
      expect(tooWide).toEqual([]);
    });
  });
});
