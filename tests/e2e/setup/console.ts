import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestProject } from "vitest/node";
import { pagesToSee } from "../../../scripts/dev/browser/pages";
import { type LocalConsole, startLocalConsole } from "../../../scripts/dev/console/local-console";
import { runMainJob } from "../../../scripts/dev/console/main-job";
import { planUndoOfThumbnails } from "../../../scripts/dev/console/plan-undo";
import { findFreePorts } from "../../../scripts/dev/console/ports";
import { lastLines } from "../../../scripts/dev/console/process";
import { seedBucket } from "../../../scripts/dev/sample-images";

declare module "vitest" {
  interface ProvidedContext {
    console: {
      url: string;
      s3Url: string;
      geminiUrl: string;
      /** POST /stop ends the web process, POST /start begins another one on the same port; both answer once it is done. */
      webUrl: string;
      pages: { name: string; path: string }[];
    };
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
  const webSwitch = await startWebSwitch(local);
  const stop = async () => {
    await webSwitch.close();
    await local.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await seedBucket(local.ports.storage);
    await runMainJob(local.ports);
    await planUndoOfThumbnails(local.ports);
    const pages = await pagesToSee(local.ports);
    const { s3, gemini } = local.cloud;
    project.provide("console", { url: local.url, s3Url: s3.url, geminiUrl: gemini.url, webUrl: webSwitch.url, pages });
  } catch (error) {
    await stop();
    throw error;
  }
  return async () => {
    await stop();
    if (deaths.length > 0) throw new Error(`A process died while the tests ran. ${deaths[0]}`);
  };
}

/** Tests run in processes of their own: they stop and start the web process by asking this one. */
async function startWebSwitch({ web, url }: LocalConsole) {
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const server = createServer(async (request, response) => {
    if (request.url === "/stop") await web.stop();
    else if (request.url === "/start") {
      await web.restart();
      while (!(await isReady())) await sleep(150);
    } else response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
