import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startIngest } from "~/features/ingest/start-ingest.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { pictureOf, startPictureServer } from "../support/picture-server";
import { tries } from "../support/tries";
import { workerProcesses } from "../support/world/worker-processes";
import { openWorld } from "../support/world/world";

const LINES = tries(150, 1_000);
const KILLS = tries(2, 5);
const actor = { id: "script:test", name: "test" };

test("an ingest among refusals, cut bodies and kill -9: all done, none twice, none corrupt, and undone", async () => {
  const world = await openWorld();
  const { db, ports, storage, setFaults, env } = world;
  const server = await startPictureServer((n) => (n % 100 === 7 ? "cut" : n % 10 === 3 ? "503" : null));
  const lines = await Promise.all(
    Array.from({ length: LINES }, async (_, n) => {
      // A third of them twice.
      const number = n % Math.ceil((LINES * 2) / 3);
      const url =
        n % 2 === 0
          ? server.address(`/${number}.png`)
          : `data:image/png;base64,${(await pictureOf(number)).toString("base64")}`;
      return JSON.stringify({ url, owner: "mina", topic: `Topic ${n % 5}`, role: "supporting" });
    }),
  );
  // Shares, not so many in a row: those would all meet the one image that is asked for again and again.
  setFaults([
    { operation: "PutObject", keyPattern: "^mina/", status: 503, code: "SlowDown", every: 10 },
    { operation: "GetObject", keyPattern: "^incoming/", status: 503, code: "SlowDown", every: 10 },
    { operation: "GetObject", keyPattern: "^(incoming|mina)/", cutBody: true, every: 100 },
  ]);
  const chunks = Readable.from([Buffer.from(lines.join("\n"))]);
  const { runId } = await startIngest(ports, { chunks, source: "list", readFile: null, actor });
  const plan = await world.work(runId);
  const { startWorker, restartWorker } = workerProcesses({
    ...{ ...env, DATABASE_URL: `file:${db.file}`, S3_FORCE_PATH_STYLE: true },
    OUTSIDE_TEST_HOSTS: server.host,
  });
  let worker = startWorker();
  await applyRun(ports, jobKinds, { runId, actor, planHash: plan.planHash ?? "", acceptsRisk: true });
  const done = () => db.jobItem.count({ where: { runId, outcome: { not: null } } });
  for (let n = 1; n <= KILLS; n++) {
    await expect.poll(done, { interval: 5 }).toBeGreaterThan((n * LINES) / (KILLS + 2));
    await sleep((n * 37) % 100);
    worker = (await restartWorker(worker.pid ?? 0)) ?? worker;
    // Dead for certain, so that no one need wait for its leases to run out.
    await db.jobChunk.updateMany({ where: { leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
  }
  await expect.poll(async () => (await world.read(runId)).status).toBe("succeeded");
  expect(await world.read(runId)).toMatchObject({ succeeded: LINES, failed: 0, skipped: 0 });

  setFaults([]);
  const images = await db.image.findMany({ where: { goneAt: null } });
  expect(images).toHaveLength(Math.ceil((LINES * 2) / 3));
  expect(new Set(images.map(({ sha256 }) => sha256)).size).toBe(images.length);
  const keys: string[] = [];
  for await (const { objects } of storage.list({ prefix: "mina/" })) keys.push(...objects.map(({ key }) => key));
  expect(keys.toSorted()).toEqual(images.map(({ key }) => key).toSorted());
  for (const { key, sha256 } of images) {
    const { body } = await storage.get(key);
    expect(createHash("sha256").update(body).digest("hex")).toBe(sha256);
  }
  // By the workers that are still there.
  expect(await world.undo(runId)).toMatchObject({ succeeded: LINES, skipped: 0, failed: 0 });
  for await (const { objects } of storage.list({ prefix: "mina/" })) expect(objects).toEqual([]);
});
