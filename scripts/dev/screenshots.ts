/** `npm run screenshots`: every page with the demo's data, wide and narrow, light and dark, into docs/screenshots. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { startLabelRun } from "../../app/features/labeling/start-label-run.server.ts";
import { launchBrowser, openWindow, signInByHand } from "./console/browser.ts";
import { followRun } from "./console/follow-run.ts";
import { startLocalConsole } from "./console/local-console.ts";
import { runMainJob } from "./console/main-job.ts";
import { pagesToSee } from "./console/pages.ts";
import { planUndoOfThumbnails } from "./console/plan-undo.ts";
import { findFreePorts } from "./console/ports.ts";
import { runUntilStopped } from "./console/run-until-stopped.ts";
import { seedBucket } from "./sample-images.ts";

const target = "docs/screenshots";
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

type Shot = { name: string; path: string };

async function photograph(browser: Browser, url: string, shots: Shot[]) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const size of sizes) {
      const context = await openWindow(browser, url, { ...size, colorScheme });
      const page = await context.newPage();
      const take = async ({ name, path }: Shot) => {
        await page.goto(path);
        await page.waitForLoadState("networkidle");
        const file = join(target, `${name}-${size.width}-${colorScheme}.png`);
        // A palette: a third of the bytes, and nothing that an eye would miss.
        writeFileSync(
          file,
          await sharp(await page.screenshot())
            .png({ palette: true, effort: 8 })
            .toBuffer(),
        );
        process.stderr.write(`${file}\n`);
      };
      await take({ name: "login", path: "/login" });
      await signInByHand(page, "Mina Sato");
      for (const shot of shots) await take(shot);
      await context.close();
    }
  }
}

await runUntilStopped(async (onStop) => {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-screenshots-"));
  onStop(async () => rmSync(folder, { recursive: true, force: true }));
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const local = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say });
  onStop(local.stop);
  await seedBucket(local.ports.storage);
  await runMainJob(local.ports);
  await planUndoOfThumbnails(local.ports);
  const pages = await pagesToSee(local.ports);
  const labelRun = pages.find(({ name }) => name === "label-run");
  const plan = await startLabelRun(local.ports, {
    root: "Model",
    only: "all",
    budgetUsd: 0.5,
    actor: { id: "operator:1", name: "Mina Sato" },
  });
  await followRun(local.ports, plan.runId);

  const browser = await launchBrowser();
  onStop(() => browser.close());
  mkdirSync(target, { recursive: true });
  await photograph(browser, local.url, [
    ...pages,
    { name: "label-run-plan", path: `/label-runs/${plan.labelRunId}` },
    ...(labelRun ? [{ name: "label-run-refused", path: `${labelRun.path}?tab=refused` }] : []),
    ...(labelRun ? [{ name: "label-run-invalid", path: `${labelRun.path}?tab=invalid` }] : []),
    { name: "not-found", path: "/no-such-page" },
  ]);
  await browser.close();
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
