/**
 * `npm run screenshots [-- NAME …]`: every page (or those that are named as their pictures are) from top to bottom, wide and
 * narrow, light and dark, into docs/screenshots: at the first start, with the demo's data, and after S3 began to refuse.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { decideMany } from "~/features/labeling/review/decide-many.sql.server";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { startPromotion } from "~/features/labels/promote/start-promotion.server";
import type { Ports } from "~/ports/index.server";
import { launchBrowser, openWindow, signInByHand, untilSettled } from "./browser/browser";
import { pagesToSee } from "./browser/pages";
import { followRun } from "./console/follow-run";
import { type LocalConsole, startLocalConsole } from "./console/local-console";
import { lookAtStorage, measureOnce, runMainJob } from "./console/main-job";
import { planUndoOfThumbnails } from "./console/plan-undo";
import { findFreePorts, Refusal } from "./console/ports";
import { runUntilStopped } from "./console/run-until-stopped";
import { seedBucket } from "./sample-images";

const target = "docs/screenshots";
const names = process.argv.slice(2);
const unknown = new Set(names);
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** A busy machine may take long over a page; only what hangs takes this long. */
const PATIENCE_MS = 300_000;

type Shot = { name: string; path: string };
const login = { name: "login", path: "/login" };

/** Takes each page in each size and scheme; the sign-in page, if asked for, before signing in. */
async function photograph(browser: Browser, url: string, all: Shot[]) {
  for (const { name } of all) unknown.delete(name);
  const shots = all.filter(({ name }) => names.length === 0 || names.includes(name));
  if (shots.length === 0) return;
  for (const colorScheme of ["light", "dark"] as const) {
    for (const size of sizes) {
      const context = await openWindow(browser, url, { ...size, colorScheme });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const take = async ({ name, path }: Shot) => {
        await page.setViewportSize(size);
        await page.goto(path);
        await unfold(page, size);
        const file = join(target, `${name}-${size.width}-${colorScheme}.png`);
        // A palette: a third of the bytes, and nothing that an eye would miss.
        const picture = sharp(await page.screenshot({ fullPage: true })).png({ palette: true, effort: 8 });
        writeFileSync(file, await picture.toBuffer());
        process.stderr.write(`${file}\n`);
      };
      if (shots.includes(login)) await take(login);
      await signInByHand(page, "Mina Sato");
      for (const shot of shots) if (shot !== login) await take(shot);
      await context.close();
    }
  }
}

/** Makes the window as high as the page, so that pictures which load when they are seen do, and the rail reaches down. */
async function unfold(page: Page, size: (typeof sizes)[number]) {
  const height = Number(await page.evaluate("document.documentElement.scrollHeight"));
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  await untilSettled(page);
  while (await page.evaluate("[...document.images].some((image) => !image.complete)")) await sleep(50);
}

const actor = { id: "operator:1", name: "Mina Sato" };

async function withDemoData({ ports }: LocalConsole): Promise<Shot[]> {
  await seedBucket(ports.storage);
  await runMainJob(ports);
  await lookAtStorage(ports);
  await measureOnce(ports);
  await planUndoOfThumbnails(ports);
  const pages = await pagesToSee(ports);
  const labelRun = pages.find(({ name }) => name === "label-run");
  const finding = await ports.db.finding.findFirst({ where: { type: "several-candidates", closedAt: null } });
  const plan = await startLabelRun(ports, {
    selection: { query: { root: "Model" } },
    only: "all",
    budgetUsd: 0.5,
    actor,
  });
  await followRun(ports, plan.runId);
  const paused = await startPaused(ports);
  const promotion = labelRun && (await planPromotion(ports, Number(labelRun.path.split("/").at(-1))));
  return [
    login,
    ...pages,
    ...(finding ? [{ name: "finding", path: `/attribute-groups?finding=${finding.id}#finding-${finding.id}` }] : []),
    { name: "label-run-plan", path: `/label-runs/${plan.runId}` },
    { name: "label-run-paused", path: `/label-runs/${paused}` },
    ...(promotion ? [{ name: "promotion-plan", path: `/job-runs/${promotion}` }] : []),
    ...(labelRun ? [{ name: "label-run-refused", path: `${labelRun.path}?tab=refused` }] : []),
    ...(labelRun ? [{ name: "label-run-invalid", path: `${labelRun.path}?tab=invalid` }] : []),
    { name: "not-found", path: "/no-such-page" },
  ];
}

/** A label run whose budget is too small for its first call. @returns its job run */
async function startPaused(ports: Ports): Promise<number> {
  const { runId } = await startLabelRun(ports, {
    selection: { query: { all: true } },
    only: "all",
    budgetUsd: 0.001,
    actor,
    autoApply: true,
  });
  const pause = await followRun(ports, runId).catch((error: unknown) => error);
  if (!(pause instanceof Refusal)) throw new Error(`Run ${runId} was to pause.`, { cause: pause });
  return runId;
}

/** What was proposed for tone is accepted, and stands as a plan of labels. @returns its job run */
async function planPromotion(ports: Ports, runId: number): Promise<number> {
  const decision = {
    runId,
    filter: { attribute: "tone" },
    decision: "accepted",
    shown: Number.MAX_SAFE_INTEGER,
  } as const;
  await decideMany(ports, { ...decision, actor });
  const promotion = await startPromotion(ports, { runId, actor });
  await followRun(ports, promotion.runId);
  return promotion.runId;
}

/** S3 refuses from now on: a run cannot go on, and no picture is shown. */
async function withoutStorage({ ports, cloud }: LocalConsole): Promise<Shot[]> {
  cloud.s3.setFaults([{ status: 403, code: "AccessDenied" }]);
  const { runId } = await startLabelRun(ports, {
    selection: { query: { root: "Model" } },
    only: "all",
    budgetUsd: 0.5,
    actor,
  });
  const refusal = await followRun(ports, runId).catch((error: unknown) => error);
  if (!(refusal instanceof Refusal)) throw new Error(`Run ${runId} was to fail.`, { cause: refusal });
  return [
    { name: "run-failed", path: `/label-runs/${runId}` },
    { name: "attribute-group-without-storage", path: "/attribute-groups/front_warm" },
  ];
}

await runUntilStopped(async (onStop) => {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-screenshots-"));
  onStop(async () => rmSync(folder, { recursive: true, force: true }));
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const local = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say });
  onStop(local.stop);
  const browser = await launchBrowser();
  onStop(() => browser.close());
  // Pictures of pages that are no more would stay.
  if (names.length === 0) rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await photograph(browser, local.url, [{ name: "first-start", path: "/" }]);
  await photograph(browser, local.url, await withDemoData(local));
  await photograph(browser, local.url, await withoutStorage(local));
  if (unknown.size > 0) throw new Refusal(`There is no page called ${[...unknown].join(", ")}.`);
  await browser.close();
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
