import { once } from "node:events";
import { expect, test } from "vitest";
import { openChaosWorld } from "./chaos-world";

test("SIGTERM under load: the worker ends well, its leases returned, and another goes on", async () => {
  const world = await openChaosWorld(600);
  const { db, runId } = world;
  const first = world.startWorker();
  await expect.poll(world.outcomes, { interval: 10 }).toBeGreaterThan(20);
  // Slower, so that there is work left however late the signal comes.
  world.setFaults([{ operation: "PutObject", delayMs: 300 }]);
  first.kill("SIGTERM");
  const [code] = await once(first, "exit");
  expect(code).toBe(0);
  // Whoever comes next has no lease to wait for.
  expect(await db.jobChunk.count({ where: { runId, leaseUntil: { not: null } } })).toBe(0);

  const left = await world.outcomes();
  expect(left).toBeLessThan(600);
  world.setFaults([]);
  world.startWorker();
  await expect.poll(async () => (await world.read(runId)).status).toBe("succeeded");
  expect(await db.jobItem.count({ where: { runId, outcome: "succeeded", attempts: 1 } })).toBe(600);
});
