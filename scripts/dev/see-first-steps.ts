// Signs in to a console that has just been installed, as a person does, and sees that it leads on.
// Usage: node --import tsx scripts/dev/see-first-steps.ts URL
import { setTimeout as sleep } from "node:timers/promises";
import { launchBrowser, openWindow, signInByHand } from "./browser/browser";

const url = process.argv[2];
if (!url) throw new Error("Usage: node --import tsx scripts/dev/see-first-steps.ts URL");

/** For a machine that does ten other things. */
const PATIENCE_MS = 300_000;
const giveUpAt = Date.now() + PATIENCE_MS;
const isUp = () =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
while (!(await isUp())) {
  if (Date.now() > giveUpAt) throw new Error(`${url} does not answer.`);
  await sleep(200);
}
const browser = await launchBrowser();
try {
  const page = await (await openWindow(browser, url, { width: 1440, height: 900, colorScheme: "light" })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await signInByHand(page, "Mina Sato");
  await page.getByRole("heading", { name: "First steps" }).waitFor();
  await page.getByRole("button", { name: "Index the bucket" }).click();
  const indexed = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Index the bucket" }) });
  await indexed.getByLabel("Done").waitFor();
  process.stdout.write(`Signed in at ${url}. ${await indexed.getByRole("paragraph").first().textContent()}\n`);
} finally {
  await browser.close();
}
