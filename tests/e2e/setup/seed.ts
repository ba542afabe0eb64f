// What every end-to-end test starts from: the pages built, and a folder with the sample bucket after the main job.
// Usage: node --import tsx tests/e2e/setup/seed.ts FOLDER. Writes FOLDER/pages.json last.
import { execFileSync } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pagesToSee } from "../../../scripts/dev/browser/pages";
import { startLocalConsole } from "../../../scripts/dev/console/local-console";
import { runMainJob } from "../../../scripts/dev/console/main-job";
import { planUndoOfThumbnails } from "../../../scripts/dev/console/plan-undo";
import { findFreePorts } from "../../../scripts/dev/console/ports";
import { seedBucket } from "../../../scripts/dev/sample-images";

const folder = process.argv[2];
if (!folder) throw new Error("Usage: node --import tsx tests/e2e/setup/seed.ts FOLDER");

execFileSync(process.execPath, ["scripts/dev/bootstrap.mjs", "--web"], { stdio: ["ignore", "ignore", "inherit"] });
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const deaths: string[] = [];
const local = await startLocalConsole({
  ports: { web, s3, gemini, google },
  folder: join(folder, "console"),
  say: (sentence) => deaths.push(sentence),
});
try {
  await seedBucket(local.ports.storage);
  await runMainJob(local.ports);
  await planUndoOfThumbnails(local.ports);
  const pages = await pagesToSee(local.ports);
  writeFileSync(join(folder, "pages.part"), JSON.stringify(pages));
} finally {
  await local.stop();
}
if (deaths.length > 0) throw new Error(deaths.join("\n"));
renameSync(join(folder, "pages.part"), join(folder, "pages.json"));
