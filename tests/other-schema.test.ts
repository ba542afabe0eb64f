import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { claimChunk, claimPlanning } from "~/features/job-runs/engine/ledger/claim.sql.server";
import { runWorker } from "~/features/job-runs/engine/worker.server";
import { pair, toJobs } from "~/features/job-runs/kinds/job";
import { fireSlot } from "~/features/schedules/fire-slot.server";
import { registerSchedules } from "~/features/schedules/register-schedules.server";
import type { Db } from "~/ports/db.server";
import { loader as healthz } from "~/routes/healthz/route";
import { loader as readyz } from "~/routes/readyz/route";
import { indexImagesSchedule } from "../jobs/index-images";
import { schedules } from "../jobs/schedules";
import { startTestConsole } from "./support/console";
import { runProcess } from "./support/process";
import { countingJob } from "./support/world/counting-job";
import { openTestPorts } from "./support/world/nowhere";
import { runsOf } from "./support/world/runs";

/** What a migration of a later build leaves, were it done while this one runs. */
const migrateByAnother = (db: Db) =>
  db.$executeRaw`
    INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at")
    VALUES ('later', 'later', '2026-11-29T12:00:00.000+00:00', '9001_later', '2026-11-29T12:00:00.000+00:00')`;

const refusal = (file: string) =>
  `The database at ${file} was migrated by another version of Diffs Ops (9001_later), which this one does not know: start that version.`;

const never = new AbortController().signal;
const actor = { id: "script:test", name: "test" };

test("nothing is claimed, started, scheduled or removed from the schedules of another version", async () => {
  const ports = await openTestPorts();
  const { db, clock } = ports;
  const count = countingJob();
  const { start } = runsOf(ports);
  await start(count, { items: 3 });
  await registerSchedules(ports, schedules);
  const { lastSlot: after } = await db.schedule.findUniqueOrThrow({ where: { id: indexImagesSchedule.id } });
  await migrateByAnother(db);
  const before = { runs: await db.jobRun.findMany(), schedules: await db.schedule.findMany() };

  const scope = { worker: "w", now: clock.now(), chunkConcurrency: { count: 1 }, lanes: [0, 1] };
  const slot = new Date(clock.now().getTime() + 3_600_000);
  for (const attempt of [
    () => claimPlanning(db, scope),
    () => claimChunk(db, scope),
    () => startRun(ports, count.definition, { payload: { items: 1 }, actor }),
    () => fireSlot(ports, indexImagesSchedule, { slot, after }),
    () => registerSchedules(ports, []),
  ]) {
    await expect(attempt()).rejects.toThrow(refusal(ports.file));
  }
  expect({ runs: await db.jobRun.findMany(), schedules: await db.schedule.findMany() }).toEqual(before);
});

test("a worker stops, its items in flight recorded and its leases returned, and says why", async () => {
  const ports = await openTestPorts();
  const { db } = ports;
  const count = countingJob({
    chunkConcurrency: 1,
    itemConcurrency: 1,
    apply: async () => {
      if (count.seen.length === 1) await migrateByAnother(db);
      await sleep(20);
      return { outcome: "succeeded" };
    },
  });
  const { start, read } = runsOf(ports);
  const runId = await start(count, { items: 100 }, { autoApply: true });
  await expect(runWorker(ports, toJobs([pair(count.definition, count.handler)]), never)).rejects.toThrow(
    refusal(ports.file),
  );
  const { status, done } = await read(runId);
  expect([status, done]).toEqual(["running", count.seen.length]);
  expect(done).toBeLessThanOrEqual(count.definition.chunkSize);
  expect(await db.jobChunk.count({ where: { leaseUntil: { not: null } } })).toBe(0);
});

test("on tables that have changed beneath it a worker stops, too", async () => {
  const ports = await openTestPorts();
  await migrateByAnother(ports.db);
  // What every step of a worker begins by.
  await ports.db.$executeRaw`ALTER TABLE "JobRun" RENAME COLUMN "leaseUntil" TO "until"`;
  await ports.db.$executeRaw`ALTER TABLE "JobChunk" RENAME COLUMN "leaseUntil" TO "until"`;
  await expect(runWorker(ports, new Map(), never)).rejects.toThrow(refusal(ports.file));
});

test("a script that carries out its run stops, and says why", async () => {
  const ports = await openTestPorts();
  const count = countingJob({
    apply: async () => {
      if (count.seen.length === 1) await migrateByAnother(ports.db);
      return { outcome: "succeeded" };
    },
  });
  const { start, work } = runsOf(ports);
  const runId = await start(count, { items: 100 }, { autoApply: true });
  await expect(work(runId)).rejects.toThrow(refusal(ports.file));
});

test("web, worker and scripts do not start", async () => {
  const ports = await openTestPorts();
  await migrateByAnother(ports.db);
  const env = { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${ports.file}` };
  const entries = ["server.ts", "jobs/index.ts", "scripts/index-images.ts"];
  const ends = await Promise.all(entries.map((entry) => runProcess([entry], env).ended));
  expect(ends).toEqual(entries.map(() => ({ code: 1, stdout: "", stderr: `${refusal(ports.file)}\n` })));
});

test("a web process that runs answers every address with why, and those that watch it", async () => {
  let reads = 0;
  const page = () => {
    reads += 1;
    return new Response("a page");
  };
  const routes = {
    "/page": { loader: page, action: page },
    "/healthz": { loader: healthz },
    "/readyz": { loader: readyz },
  };
  const { url, ports } = await startTestConsole({ routes });
  expect(await (await fetch(`${url}/page`)).text()).toBe("a page");
  await migrateByAnother(ports.db);
  for (const method of ["GET", "POST"]) {
    const response = await fetch(`${url}/page`, { method, headers: { Origin: url } });
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("(9001_later)")]);
  }
  expect(reads).toBe(1);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    {
      ready: false,
      checks: [
        { check: "database", ok: true, says: "answers" },
        { check: "migrations", ok: false, says: "of another version: 9001_later; start that version" },
      ],
    },
  ]);
});
