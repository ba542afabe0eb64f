import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startLocalConsole } from "../../../scripts/dev/console/local-console";
import { runMainJob } from "../../../scripts/dev/console/main-job";
import { pagesToSee } from "../../../scripts/dev/console/pages";
import { planUndoOfThumbnails } from "../../../scripts/dev/console/plan-undo";
import { findFreePorts } from "../../../scripts/dev/console/ports";
import { lastLines } from "../../../scripts/dev/console/process";
import { seedBucket } from "../../../scripts/dev/sample-images";

declare module "vitest" {
  interface ProvidedContext {
    console: { url: string; s3Url: string; geminiUrl: string; pages: { name: string; path: string }[] };
  }
}

/** The built console with its worker on the local cloud, in a folder that goes with the tests, after the main job. */
export default async function setup(project: TestProject) {
  execFileSync(process.execPath, ["scripts/dev/bootstrap.mjs", "--web"], { stdio: ["ignore", "ignore", "inherit"] });
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-e2e-"));
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  const deaths: string[] = [];
  const local = await startLocalConsole({
    ports: { web, s3, gemini, google },
    folder,
    say: (sentence) => deaths.push(`${sentence}\n${lastLines(join(folder, "logs", "worker.log"))}`),
  });
  const stop = async () => {
    await local.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await seedBucket(local.ports.storage);
    await runMainJob(local.ports);
    await planUndoOfThumbnails(local.ports);
    const pages = await pagesToSee(local.ports);
    const { s3, gemini } = local.cloud;
    project.provide("console", { url: local.url, s3Url: s3.url, geminiUrl: gemini.url, pages });
  } catch (error) {
    await stop();
    throw error;
  }
  return async () => {
    await stop();
    if (deaths.length > 0) throw new Error(`A process died while the tests ran. ${deaths[0]}`);
  };
}
