import { once } from "node:events";
import { expect, test } from "vitest";
import { readRun } from "~/features/job-runs/read-run.server";
import { openChaosWorld } from "./chaos-world";

test("SIGTERM under load: the worker is gone within 10 s, its leases returned, and another goes on at once", async () => {
  const world = await openChaosWorld(600);
  const { db, runId } = world;
  const first = world.startWorker();
  await expect.poll(world.outcomes, { interval: 10, timeout: 20_000 }).toBeGreaterThan(20);
  const toldAt = Date.now();
  first.kill("SIGTERM");
  const [code] = await once(first, "exit");
  expect(code).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(10_000);
  expect(await db.jobChunk.count({ where: { runId, leaseUntil: { not: null } } })).toBe(0);

  const left = await world.outcomes();
  expect(left).toBeLessThan(600);
  world.startWorker();
  // Far less than a lease: nothing had to run out.
  await expect.poll(world.outcomes, { interval: 10, timeout: 8_000 }).toBeGreaterThan(left);
  await expect.poll(async () => (await readRun(world.ports, runId))?.status, { timeout: 20_000 }).toBe("succeeded");
  expect(await db.jobItem.count({ where: { runId, outcome: "succeeded", attempts: 1 } })).toBe(600);
}, 60_000);
