import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { readRun } from "~/features/job-runs/read-run.server";
import { startRun } from "~/features/job-runs/start-run.server";
import { createLog } from "~/ports/log.server";
import { createModel } from "~/ports/model.server";
import { openTestDb } from "../support/db";
import { startTestS3 } from "../support/s3";
import { chaos, chaosKey } from "./chaos-job";

const ITEMS = 2_000;
const KILLS = 100;

type World = Awaited<ReturnType<typeof openWorld>>;

/** A database, a local S3 whose PUTs take a moment, and a run of 2,000 items that workers may take up. */
async function openWorld() {
  const s3 = await startTestS3();
  s3.setFaults([{ operation: "PutObject", delayMs: 20 }]);
  const db = await openTestDb();
  const gemini = { GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:9", GEMINI_MODEL: "none" };
  const ports = {
    db,
    storage: s3.storage,
    model: createModel(gemini),
    clock: { now: () => new Date() },
    log: createLog("silent"),
  };
  const { runId } = await startRun(ports, chaos, {
    payload: { items: ITEMS },
    actor: { id: "script:test", name: "test" },
    autoApply: true,
  });
  const variables = {
    NODE_ENV: "test" as const,
    PATH: process.env.PATH,
    APP_ENVIRONMENT: "local",
    DATABASE_URL: `file:${db.file}`,
    LOG_LEVEL: "error",
    ...s3.env,
    S3_FORCE_PATH_STYLE: "true",
  };
  const workers = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const worker of workers) worker.kill("SIGKILL");
  });
  const startWorker = () => {
    const worker = spawn(process.execPath, ["--import", "tsx", "tests/chaos/chaos-worker.ts"], {
      env: variables,
      stdio: ["ignore", "ignore", "inherit"],
    });
    workers.add(worker);
    worker.once("exit", () => workers.delete(worker));
    return worker;
  };
  const outcomes = () => db.jobItem.count({ where: { runId, outcome: { not: null } } });
  return { ports, db, s3, runId, startWorker, outcomes };
}

/** PUTs by key, as the S3 side counted them. */
function countPuts({ s3 }: World): Map<string, number> {
  const puts = new Map<string, number>();
  for (const { operation, key } of s3.requests.recent()) {
    if (operation === "PutObject") puts.set(key, (puts.get(key) ?? 0) + 1);
  }
  return puts;
}

/** Keys that a killed worker had begun to write, and whose outcome it did not live to record. */
async function findInFlight(world: World, pid: number): Promise<string[]> {
  const rows = await world.db.$queryRaw<{ subject: string }[]>`
    SELECT i."subject" FROM "JobItem" i
      JOIN "JobChunk" c ON c."runId" = i."runId" AND i."seq" BETWEEN c."firstSeq" AND c."lastSeq"
     WHERE i."runId" = ${world.runId} AND i."outcome" IS NULL AND c."worker" LIKE ${`%:${pid}:%`}`;
  const puts = countPuts(world);
  return rows.map(({ subject }) => chaosKey(subject)).filter((key) => puts.has(key));
}

async function waitForNewOutcome(world: World, before: number) {
  const giveUpAt = Date.now() + 60_000;
  while ((await world.outcomes()) <= before) {
    if (Date.now() > giveUpAt) throw new Error(`No new outcome within a minute after ${before}`);
    await sleep(3);
  }
}

test.each([1, 2])(
  `kill -9 ${KILLS} times with %i worker(s): one outcome an item, one effect an item plus those in flight`,
  async (workerCount) => {
    const world = await openWorld();
    const { db, runId } = world;
    const workers = Array.from({ length: workerCount }, world.startWorker);
    const mayRepeat = new Map<string, number>();
    let kills = 0;
    for (; kills < KILLS; kills++) {
      await waitForNewOutcome(world, await world.outcomes());
      expect((await readRun(world.ports, runId))?.status).toBe("running");
      const victim = workers.shift();
      if (!victim?.pid || victim.exitCode !== null) throw new Error("A worker ended by itself; its reason is above");
      victim.kill("SIGKILL");
      await once(victim, "exit");
      for (const key of await findInFlight(world, victim.pid)) mayRepeat.set(key, (mayRepeat.get(key) ?? 0) + 1);
      workers.push(world.startWorker());
    }
    const atLastKill = await world.outcomes();
    await expect
      .poll(async () => (await readRun(world.ports, runId))?.status, { interval: 200, timeout: 120_000 })
      .toBe("succeeded");

    expect(await readRun(world.ports, runId)).toMatchObject({
      planned: ITEMS,
      succeeded: ITEMS,
      failed: 0,
      skipped: 0,
    });
    expect(await db.jobItem.count({ where: { runId, outcome: "succeeded", attempts: 1 } })).toBe(ITEMS);
    const objects = new Map<string, string>();
    for await (const page of world.s3.storage.list({ prefix: "generated/chaos/" })) {
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
