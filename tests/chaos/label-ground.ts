import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { startLocalCloud } from "../../scripts/dev/console/local-cloud";
import { localEnv } from "../../scripts/dev/console/local-env";
import { findFreePorts } from "../../scripts/dev/console/ports";
import { openTestDb } from "../support/db";
import { runsOf } from "../support/world/runs";
import { workerProcesses } from "../support/world/worker-processes";

/** A bucket and models over sockets, worker processes of the test's own, and the ports that look at what they did. */
export async function startLabelGround() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-kill-"));
  const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
  const { file } = await openTestDb();
  const variables = {
    ...localEnv({ ports: { web, s3, gemini, google }, folder }),
    DATABASE_URL: `file:${file}`,
  };
  const env = loadEnv(variables);
  const cloud = await startLocalCloud(env, folder);
  const ports = await createPorts(env);
  onTestFinished(async () => {
    await ports.db.$disconnect();
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ports, file, cloud, ...runsOf(ports), ...workerProcesses(variables) };
}
