// A backup while a worker records outcomes as fast as it can: how long it takes, how pages fare beside it, what the log grows to, how far
// SQLite's online backup gets meanwhile, and whether every row acknowledged before is in what is restored; once more to the bucket, with the
// database destroyed in between. Prints one JSON document. Usage: npm run bench -- backup [ITEMS]     (500,000 unless told)
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { toJobs } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { signIn } from "../dev/browser/check-pages";
import { openBrowser } from "../dev/browser/http-browser";
import { startLocalConsole } from "../dev/console/local-console";
import { localEnv } from "../dev/console/local-env";
import { findFreePorts } from "../dev/console/ports";
import { keepRunning } from "../dev/console/process";
import { percentile } from "./images/percentile";
import { noopJob } from "./noop-job";

const total = Number(process.argv[2] ?? 500_000);
const BACKUPS = 3;
const ONLINE_FOR_MS = 40_000;

const actor = { id: "script:bench", name: "Bench" };
const folder = mkdtempSync(join(tmpdir(), "bench-backup-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const places = { ports: { web, s3, gemini, google }, folder };
const console_ = await startLocalConsole({ ...places, say: () => {} });
const { ports } = console_;
const file = join(folder, "ops.db");
const worker = keepRunning("scripts/bench/noop-worker.ts", {
  env: localEnv(places),
  logFile: join(folder, "logs", "noop-worker.log"),
  onDeath: (how) => process.stderr.write(`The worker ended: ${how}\n`),
});
const run = promisify(execFile);

async function until(runId: number, isSo: (done: number, status: string) => boolean) {
  for (;;) {
    const now = await readRun(ports, runId);
    if (now && isSo(now.done, now.status)) return;
    if (now?.status === "failed") throw new Error(now.error ?? "failed");
    await sleep(50);
  }
}

/** A script's --json, in a process of its own. */
async function script(words: string[], env: Record<string, string> = {}): Promise<{ seconds: number }> {
  const args = ["--import", "tsx", ...words, "--json"];
  const { stdout } = await run(process.execPath, args, { env: { ...localEnv(places), ...env } });
  return JSON.parse(stdout);
}

/** Items with an outcome, of the one run. */
function countDone(of: string): number {
  const database = new Database(of, { readonly: true });
  const sql = `SELECT count(*) FROM "JobItem" WHERE "outcome" = 'succeeded'`;
  const done = Number(database.prepare(sql).pluck().get());
  database.close();
  return done;
}

/** Looks at pages one after the other until `work` is done. */
async function lookBeside<Value>(open: (path: string) => Promise<unknown>, paths: string[], work: Promise<Value>) {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  for (let n = 0; !isOver; n++) {
    const startedAt = performance.now();
    await open(paths[n % paths.length] ?? "/");
    times.push(performance.now() - startedAt);
  }
  const ms = {
    median: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    max: percentile(times, 1),
    count: times.length,
  };
  return { value: await over, ms };
}

/**
 * Backs up to the bucket beside the worker, ends what works with the database, destroys it, and restores the newest backup.
 * @param stop ends everything that has it open, but for the bucket
 */
async function throughTheBucket(look: (work: Promise<unknown>) => Promise<{ ms: object }>, stop: () => Promise<void>) {
  const acknowledged = countDone(file);
  const startedAt = performance.now();
  const { ms } = await look(script(["scripts/backup.ts", "--to-bucket"]));
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const recordedMeanwhile = countDone(file) - acknowledged;
  await stop();
  for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
  const back = await script(["scripts/restore.ts", "latest", "--apply"]);
  const database = new Database(file, { readonly: true });
  const integrity = database.pragma("integrity_check", { simple: true });
  database.close();
  const lost = Math.max(acknowledged - countDone(file), 0);
  return { seconds, recordedMeanwhile, pagesMs: ms, restoreSeconds: back.seconds, integrity, acknowledged, lost };
}

/** How many pages SQLite's online backup, which begins again after each commit of others, still has to copy at its end. */
async function tryOnline() {
  const database = new Database(file);
  const end = performance.now() + ONLINE_FOR_MS;
  let passes = 0;
  let last = Number.POSITIVE_INFINITY;
  const progress = ({ remainingPages }: { remainingPages: number }) => {
    if (remainingPages > last) passes += 1;
    last = remainingPages;
    if (performance.now() > end) throw new Error("too late");
    return 100;
  };
  const startedAt = performance.now();
  const isDone = await database.backup(join(folder, "online.db"), { progress }).then(
    () => true,
    () => false,
  );
  database.close();
  return {
    isDone,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    beganAgain: passes,
    remainingPages: last,
  };
}

try {
  const browser = openBrowser();
  await signIn(browser, console_.url, "mina@diffs.studio");
  const { runId } = await startRun(ports, noopJob.definition, { payload: { items: total }, actor, autoApply: false });
  await until(runId, (_, status) => status === "planned");
  const paths = ["/job-runs", `/job-runs/${runId}`, "/"];
  const open = async (path: string) => (await browser.get(console_.url + path)).text();
  for (const path of paths) await open(path);

  const idle = await lookBeside(open, paths, script(["scripts/backup.ts", join(folder, "idle.db")]));
  const { planHash } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } });
  await applyRun(ports, toJobs([noopJob]), { runId, actor, planHash: planHash ?? "" });
  await until(runId, (done) => done > 0);
  const without = await lookBeside(open, paths, sleep(5_000));
  const backups = [];
  for (let n = 1; n <= BACKUPS; n++) {
    const acknowledged = countDone(file);
    const to = join(folder, `backup-${n}.db`);
    const { value, ms } = await lookBeside(open, paths, script(["scripts/backup.ts", to]));
    const recordedMeanwhile = countDone(file) - acknowledged;
    const logMegabytes = Math.round(statSync(`${file}-wal`).size / 1e6);
    const empty = join(folder, `restored-${n}`);
    mkdirSync(empty);
    const restored = join(empty, "ops.db");
    const back = await script(["scripts/restore.ts", to, "--apply"], { DATABASE_URL: `file:${restored}` });
    backups.push({
      ...{ seconds: value.seconds, recordedMeanwhile, logMegabytes, pagesMs: ms, restoreSeconds: back.seconds },
      ...{ acknowledged, lost: Math.max(acknowledged - countDone(restored), 0) },
    });
    rmSync(empty, { recursive: true });
  }
  const online = await tryOnline();
  const wasStillAtWork = countDone(file) < total;
  const bucket = await throughTheBucket(
    (work) => lookBeside(open, paths, work),
    async () => {
      await Promise.all([worker.stop(), console_.worker.stop(), console_.web.stop()]);
      await ports.db.$disconnect();
    },
  );
  const result = {
    ...{ items: total, megabytes: Math.round(statSync(join(folder, "idle.db")).size / 1e6) },
    idle: { seconds: idle.value.seconds, pagesMs: idle.ms },
    ...{ pagesBesideTheWorkerAloneMs: without.ms, backups, online, wasStillAtWork, bucket },
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  await worker.stop();
  await console_.stop();
  rmSync(folder, { recursive: true, force: true });
}
