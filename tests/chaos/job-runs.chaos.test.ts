import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { limits } from "../limits";
import { chaosKey } from "./chaos-job";
import { type ChaosWorld, openChaosWorld } from "./chaos-world";

const ITEMS = 2_000;
const KILLS = 100;

/** PUTs by key, as the S3 side counted them. */
function countPuts({ requests }: ChaosWorld): Map<string, number> {
  const puts = new Map<string, number>();
  for (const { operation, key } of requests.recent()) {
    if (operation === "PutObject") puts.set(key, (puts.get(key) ?? 0) + 1);
  }
  return puts;
}

/** Keys that a killed worker had begun to write, and whose outcome it did not live to record. */
async function findInFlight(world: ChaosWorld, pid: number): Promise<string[]> {
  const rows = await world.db.$queryRaw<{ subject: string }[]>`
    SELECT i."subject" FROM "JobItem" i
      JOIN "JobChunk" c ON c."runId" = i."runId" AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
     WHERE i."runId" = ${world.runId} AND i."outcome" IS NULL AND c."worker" LIKE ${`%:${pid}:%`}`;
  const puts = countPuts(world);
  return rows.map(({ subject }) => chaosKey(subject)).filter((key) => puts.has(key));
}

async function waitForNewOutcome(world: ChaosWorld, before: number) {
  const giveUpAt = Date.now() + limits.expect.poll.timeout;
  while ((await world.outcomes()) <= before) {
    if (Date.now() > giveUpAt) throw new Error(`No new outcome after ${before}`);
    await sleep(3);
  }
}

test.each([1, 2])(
  `kill -9 ${KILLS} times with %i worker(s): one outcome an item, one effect an item plus those in flight`,
  async (workerCount) => {
    const world = await openChaosWorld(ITEMS);
    const { db, runId } = world;
    const workers = Array.from({ length: workerCount }, world.startWorker);
    const mayRepeat = new Map<string, number>();
    let kills = 0;
    for (; kills < KILLS; kills++) {
      await waitForNewOutcome(world, await world.outcomes());
      expect((await world.read(runId)).status).toBe("running");
      const victim = workers.shift();
      if (!victim?.pid) throw new Error("No worker was started");
      const next = await world.restartWorker(victim.pid);
      if (next) workers.push(next);
      for (const key of await findInFlight(world, victim.pid)) mayRepeat.set(key, (mayRepeat.get(key) ?? 0) + 1);
    }
    const atLastKill = await world.outcomes();
    await expect
      .poll(async () => (await world.read(runId)).status, { interval: 200, timeout: 120_000 })
      .toBe("succeeded");

    expect(await world.read(runId)).toMatchObject({
      planned: ITEMS,
      succeeded: ITEMS,
      failed: 0,
      skipped: 0,
    });
    expect(await db.jobItem.count({ where: { runId, outcome: "succeeded", attempts: 1 } })).toBe(ITEMS);
    const objects = new Map<string, string>();
    for await (const page of world.storage.list({ prefix: "generated/chaos/" })) {
      for (const { key, etag } of page.objects) objects.set(key, etag);
    }
    expect(objects.size).toBe(ITEMS);
    const owners = await db.owner.findMany();
    expect(owners).toHaveLength(ITEMS);
    for (const { id, name } of owners) {
      expect(name).toBe(createHash("md5").update(`item ${id}`).digest("hex"));
      expect(objects.get(chaosKey(id))).toBe(name);
    }
    const puts = countPuts(world);
    const tooMany = [...puts].filter(([key, count]) => count > 1 + (mayRepeat.get(key) ?? 0));
    expect(tooMany).toEqual([]);
    const total = [...puts.values()].reduce((sum, count) => sum + count, 0);
    const inFlight = [...mayRepeat.values()].reduce((sum, count) => sum + count, 0);
    const integrity = await db.$queryRaw<{ integrity_check: string }[]>`PRAGMA integrity_check`;
    expect(integrity).toEqual([{ integrity_check: "ok" }]);
    console.log(
      `${workerCount} worker(s), ${kills} kills (the last at ${atLastKill} outcomes): ${ITEMS} items, ${total} PUTs; ` +
        `${total - ITEMS} repeated, ${inFlight} were in flight at a kill`,
    );
  },
  20 * 60_000,
);
