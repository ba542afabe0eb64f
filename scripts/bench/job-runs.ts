// What the engine costs, with the web process, a worker process and the database as in production. Prints one JSON
// document. Usage: npm run bench -- job-runs [ITEMS]     (1,000,000 unless told)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { toJobs } from "~/features/job-runs/kinds/job";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { readThroughput } from "~/features/job-runs/views/throughput.sql.server";
import { signIn } from "../dev/browser/check-pages";
import { openBrowser } from "../dev/browser/http-browser";
import { startLocalConsole } from "../dev/console/local-console";
import { localEnv } from "../dev/console/local-env";
import { findFreePorts } from "../dev/console/ports";
import { keepRunning } from "../dev/console/process";
import { noopJob } from "./noop-job";
import { measureSynchronous } from "./synchronous/measure-synchronous.sql.server";
import { waitForRun } from "./wait-for-run";

const total = Number(process.argv[2] ?? 1_000_000);
const PER_ITEM = 50_000;
const PICK_UPS = 100;
const LOADS = 30;

const jobs = toJobs([noopJob]);
const actor = { id: "script:bench", name: "Bench" };
const folder = mkdtempSync(join(tmpdir(), "bench-job-runs-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const console_ = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say: () => {} });
const { ports } = console_;
const worker = keepRunning("scripts/bench/noop-worker.ts", {
  env: localEnv({ ports: { web, s3, gemini, google }, folder }),
  logFile: join(folder, "logs", "noop-worker.log"),
  onDeath: (how) => process.stderr.write(`The worker ended: ${how}\n`),
});

const percentile = (sorted: number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
const round = (number: number) => Math.round(number * 10) / 10;
function summarise(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    median: round(percentile(sorted, 0.5)),
    p99: round(percentile(sorted, 0.99)),
    max: round(sorted.at(-1) ?? 0),
    count: sorted.length,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const start = (items: number, autoApply = false) =>
  startRun(ports, noopJob.definition, { payload: { items }, actor, autoApply });
const msBetween = (from: Date | null, to: Date | null) => (to?.getTime() ?? 0) - (from?.getTime() ?? 0);

try {
  const few = await waitForRun(ports, (await start(PER_ITEM, true)).runId, "succeeded");

  const pickUps: number[] = [];
  for (let n = 0; n < PICK_UPS; n++) {
    const { runId } = await start(1);
    const { planHash } = await waitForRun(ports, runId, "planned");
    await applyRun(ports, jobs, { runId, actor, planHash: planHash ?? "" });
    const run = await waitForRun(ports, runId, "succeeded");
    pickUps.push(msBetween(run.appliedAt, run.startedAt));
  }

  const browser = openBrowser();
  await signIn(browser, console_.url, "mina@diffs.studio");
  const open = async (page: string) => (await browser.get(console_.url + page)).text();
  const { runId } = await start(total);
  const pages = ["/job-runs", `/job-runs/${runId}`, "/"];
  const whilePlanning: number[] = [];
  const planning = waitForRun(ports, runId, "planned");
  let isPlanned = false;
  void planning.finally(() => {
    isPlanned = true;
  });
  while (!isPlanned) for (const page of pages) whilePlanning.push(await timed(() => open(page)));
  const planned = await planning;

  await applyRun(ports, jobs, { runId, actor, planHash: planned.planHash ?? "" });
  const done = await waitForRun(ports, runId, "succeeded");
  const loads: number[] = [];
  for (let n = 0; n < LOADS; n++) {
    loads.push(
      await timed(async () => {
        const run = await readRun(ports, runId);
        if (run) await Promise.all([readItems(ports, { runId, outcome: "succeeded" }), readThroughput(ports, run)]);
      }),
    );
  }
  const wholePage: number[] = [];
  for (let n = 0; n < LOADS; n++) wholePage.push(await timed(() => open(`/job-runs/${runId}`)));

  const result = {
    items: total,
    perItemPathItemsPerSecond: Math.round(PER_ITEM / (few.seconds ?? 1)),
    perItemPathItemsPerSecondOfAll: Math.round(total / (done.seconds ?? 1)),
    pickUpMs: summarise(pickUps),
    planningSeconds: msBetween(planned.createdAt, planned.plannedAt) / 1000,
    pagesWhilePlanningMs: summarise(whilePlanning),
    runPageLoaderMs: summarise(loads),
    runPageOverHttpMs: summarise(wholePage),
    synchronous: await measureSynchronous(),
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} finally {
  await worker.stop();
  await console_.stop();
  rmSync(folder, { recursive: true, force: true });
}
