import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { startConversion } from "~/features/conversion/start-conversion.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { findDuplicates } from "~/features/duplicates/search/find-duplicates";
import { launchBrowser, openWindow, signInByHand } from "./browser/browser";
import { followRun } from "./console/follow-run";
import { startLocalConsole } from "./console/local-console";
import { runMainJob } from "./console/main-job";
import { findFreePorts } from "./console/ports";
import { seedBucket } from "./sample-images";

const folder = mkdtempSync(join(tmpdir(), "zz-look-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const local = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say: console.error });
const { ports } = local;
await seedBucket(ports.storage);
for (let n = 0; n < 4; n++) {
  const picture = await sharp({ create: { width: 900, height: 700, channels: 3, background: "#fff" } }).composite([{ input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="700"><defs><linearGradient id="g"><stop offset="0" stop-color="hsl(${n * 80} 60% 50%)"/><stop offset="1" stop-color="hsl(${n * 80 + 90} 70% 60%)"/></linearGradient></defs><rect width="900" height="700" fill="url(#g)"/><circle cx="450" cy="350" r="${150 + n * 40}" fill="#fff8"/></svg>`) }]).png().toBuffer();
  await ports.storage.put(`mina-sato/summer-${n}/hero.png`, picture, { contentType: "image/png" });
}
await runMainJob(ports);
const actor = { id: "operator:1", name: "Mina Sato" };
for (const [kind, payload] of [[snapshotStorage, { versions: false }], [findDuplicates, {}]] as const) {
  const { runId } = await startRun(ports, kind as never, { payload, actor, autoApply: true } as never);
  await followRun(ports, runId).catch((e) => console.error(String(e)));
}
const { runId: plan } = await startConversion(ports, { selection: { query: { q: "hero" } }, format: "webp", actor } as never).catch(async (e) => { console.error(e.message); return startConversion(ports, { selection: { query: { all: true } }, format: "webp", actor } as never); });
await followRun(ports, plan);
const { runId: done } = { runId: plan };
const browser = await launchBrowser();
mkdirSync("/tmp/see2", { recursive: true });
const shots: [string, string, ((p: any) => Promise<void>)?][] = [
  ["convert-dialog", "/images?view=table", async (p) => { await p.getByRole("checkbox").nth(1).check(); await p.getByRole("button", { name: /More|Convert/ }).first().click().catch(() => {}); await p.getByText(/^Convert/).first().click(); }],
  ["convert-plan", `/job-runs/${plan}`],
  ["ingest", "/ingest"],
  ["ingest-filled", "/ingest", async (p) => { await p.getByLabel("Topic").fill("Sommer in Köln").catch((e: Error) => console.error(e.message.slice(0, 200))); await p.locator("textarea").first().fill("https://example.com/a.png\nnot an address").catch(() => {}); await p.waitForTimeout(3000); }],
  ["storage", "/storage"],
  ["storage-thumbnails", "/storage/thumbnails"],
  ["storage-duplicates", "/storage/duplicates?kind=alike"],
  ["storage-orphans", "/storage/orphans"],
  ["storage-empty-dup", "/storage/duplicates"],
];
for (const colorScheme of ["light", "dark"] as const) for (const width of [1440, 390]) {
  const context = await openWindow(browser, local.url, { width, height: 900, colorScheme });
  const page = await context.newPage();
  await signInByHand(page, "Mina Sato");
  for (const [name, path, act] of shots) {
    try {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path); await page.waitForLoadState("networkidle");
      if (act) await act(page);
      else { const h = Number(await page.evaluate("document.documentElement.scrollHeight")); await page.setViewportSize({ width, height: Math.max(900, h) }); await page.waitForLoadState("networkidle"); }
      await page.waitForTimeout(700);
      await page.screenshot({ path: `/tmp/see2/${name}-${width}-${colorScheme}.png`, fullPage: true });
      console.error(name, width, colorScheme);
    } catch (e) { console.error(name, String(e).slice(0, 300)); await page.screenshot({ path: `/tmp/see2/${name}-${width}-${colorScheme}-fail.png` }); }
  }
  await context.close();
}
await browser.close(); await local.stop(); rmSync(folder, { recursive: true, force: true }); process.exit(0);
