import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What keeps people from using a page: axe's violations, and by how many px it is wider than the window. */
export async function findFaults(page: Page): Promise<{ violations: string[]; overflow: number }> {
  const overflow = await page.evaluate<number>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
  return { violations: await findViolations(page), overflow };
}

/** What axe calls serious or critical, with the elements it means. */
async function findViolations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not by the page, so the page's own security policy stays in force.
  await page.evaluate(axeSource);
  const results = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
