import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { signInByHand } from "../../scripts/dev/browser/browser";
import { openConsole } from "./support/console";
import { open, openTestWindow, whenAlive } from "./support/test-window";

const { url, ports } = await openConsole();
const actor = { id: "script:test", name: "test" };

/** Has the console's worker do it. */
async function carryOut<Payload>(definition: JobDefinition<string, Payload>, payload: Payload) {
  const { runId } = await startRun(ports, definition, { payload, actor, autoApply: true });
  const read = () => ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } });
  await expect.poll(async () => (await read()).status).toBe("succeeded");
}

test("duplicates are looked for, all but one removed, and back after the undo; thumbnails and orphans are told", async () => {
  const { storage } = ports;
  const { body } = await storage.get("uploads/jun-park/2026/11/casting day.jpg");
  await storage.put("uploads/jun-park/2026/11/casting day (2).jpg", body, { contentType: "image/jpeg" });
  await storage.put("uploads/jun-park/2026/11/empty.jpg", Buffer.alloc(0), { contentType: "image/jpeg" });
  await carryOut(indexImages, { prefix: "" });

  const { context, page, complaints } = await openTestWindow(url);
  await signInByHand(page, "Mina Sato");
  await open(page, "/storage/thumbnails");
  await page.getByRole("row", { name: /^Missing or stale 2 / }).waitFor();
  await page.getByRole("button", { name: "Plan 2 thumbnails" }).click();
  await page.getByRole("heading", { level: 1, name: "Backfill thumbnails" }).waitFor();
  await carryOut(backfillThumbnails, { force: false });
  await open(page, "/storage/thumbnails");
  await page.getByRole("row", { name: /^Unreadable: empty 1 / }).waitFor();

  await page.getByRole("link", { name: "Duplicates", exact: true }).click();
  await page.getByRole("heading", { name: "Nobody has looked for duplicates yet" }).waitFor();
  await whenAlive(page);
  await page.getByRole("button", { name: "Look for duplicates" }).click();
  await page.getByRole("heading", { level: 2, name: /^2 images/ }).waitFor();
  await page.getByRole("link", { name: /casting day \(2\)\.jpg/ }).waitFor();
  await page.getByRole("button", { name: "Plan for all of 1 group" }).click();
  await page.getByText("Of each group stays").waitFor();
  await page.getByRole("button", { name: /^Apply/ }).click();
  await page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();
  const run = page.url();

  await open(page, "/storage/orphans");
  await page.getByRole("link", { name: /^To the trash, run/ }).waitFor();
  await page.goto(run);
  await whenAlive(page);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByText("Restores what run").waitFor();
  await page.getByRole("button", { name: /^Apply/ }).click();
  await page.getByRole("status").getByText("Succeeded", { exact: true }).waitFor();
  await open(page, "/storage/orphans");
  await page.getByRole("heading", { name: "No image is gone" }).waitFor();
  await page.getByRole("button", { name: "Look for orphans" }).click();
  await page.getByRole("heading", { level: 1, name: "Remove orphaned thumbnails" }).waitFor();
  // The run's page shows samples of what it removed: of an image that is gone there is no picture.
  expect(complaints.filter((text) => !text.includes("404 (Not Found)"))).toEqual([]);
  await context.close();
});
