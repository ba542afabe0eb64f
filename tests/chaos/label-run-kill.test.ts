import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { startLocalCloud } from "../../scripts/dev/console/local-cloud";
import { localEnv } from "../../scripts/dev/console/local-env";
import { findFreePorts } from "../../scripts/dev/console/ports";
import { seedBucket } from "../../scripts/dev/sample-images";
import { openTestDb } from "../support/db";
import { runsOf } from "../support/world/runs";
import { workerProcesses } from "../support/world/worker-processes";

const actor = { id: "script:test", name: "test" };

/** The demo's bucket and models, worker processes of the test's own, and the ports that look at what they did. */
async function startDemoGround() {
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
  return { ports, cloud, ...runsOf(ports), ...workerProcesses(variables) };
}

test("a label run outlives kill -9 of its worker: complete, no double proposals, one call an image", async () => {
  const { ports, cloud, carryOut, read, startWorker } = await startDemoGround();
  cloud.gemini.setKnobs({ latencyMs: 300 });
  await seedBucket(ports.storage);
  await carryOut(indexImages, { prefix: "" });
  const { runId } = await startLabelRun(ports, {
    selection: { query: { root: "Model" } },
    only: "all",
    budgetUsd: null,
    actor,
    autoApply: true,
  });
  const outcomes = () => ports.db.jobItem.count({ where: { runId, outcome: { not: null } } });

  const first = startWorker();
  await expect.poll(outcomes, { interval: 10 }).toBeGreaterThanOrEqual(10);
  // Nothing more is answered, so that the kill meets calls in flight.
  cloud.gemini.setKnobs({ rules: [{ fault: "hang" }] });
  await expect.poll(() => ports.db.modelCall.count({ where: { outcome: "reserved" } })).toBeGreaterThan(0);
  first.kill("SIGKILL");
  await new Promise((resolve) => first.once("exit", resolve));
  const recordedAtKill = await outcomes();
  // Reserved before it is made: every call that the kill may have cut off is here.
  const [cutOff] = await ports.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT c."imageId") AS "count" FROM "ModelCall" c
      JOIN "JobItem" i ON i."runId" = ${runId} AND i."subject" = CAST(c."imageId" AS TEXT) AND i."outcome" IS NULL`;
  const inFlight = Number(cutOff?.count);
  expect(inFlight).toBeGreaterThan(0);
  expect(recordedAtKill).toBeLessThan((await read(runId)).planned ?? 0);

  cloud.gemini.setKnobs({ rules: [] });
  startWorker();
  await expect.poll(async () => (await read(runId)).status, { interval: 100 }).toBe("succeeded");
  const ended = await read(runId);
  expect(ended.done).toBe(ended.planned);
  const doubles = await ports.db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Proposal" GROUP BY "imageId", "attribute" HAVING count(*) > 1`;
  expect(doubles).toEqual([]);
  const calls = Object.values(cloud.gemini.calls().byImage);
  expect(Math.min(...calls)).toBe(1);
  // The undecodable object is never asked about; every other image once, and again at most what was in flight or
  // answered with what cannot be used.
  const asked = calls.length;
  expect(asked).toBe(
    (ended.planned ?? 0) -
      (ended.failures.find((f) => f.errorClass === "undecodable")?.count ?? 0) -
      (ended.failures.find((f) => f.errorClass === "not-an-image")?.count ?? 0),
  );
  const askedOnceMore = await ports.db.modelCall.count({ where: { outcome: { in: ["invalid", "unanswered"] } } });
  expect(cloud.gemini.calls().total - asked).toBeLessThanOrEqual(inFlight + askedOnceMore);
});
