// The slowest pictures that are within every limit, three of each kind, as a backfill: what each takes from its GET to its outcome, an
// interactive run beside them, what the worker and its children hold, how soon it ends at SIGTERM, and what a second backfill plans.
// Prints one JSON document; exit code 1 when one is beyond its goal (30 s, 2 s, 1.5 GB, 10 s, nothing).
// Usage: npm run bench -- slow-pictures [MEGAPIXELS]     (100, the limit; formats that may have fewer are as large as they may)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { indexImages } from "~/features/images/index/index-images";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import { startLocalConsole } from "../dev/console/local-console";
import { findFreePorts } from "../dev/console/ports";
import { memoryOfTree } from "./slow-pictures/memory-of-tree";
import { slowPictures } from "./slow-pictures/pictures";
import { waitForRun } from "./wait-for-run";

const OF_EACH = 3;
const megapixels = Number(process.argv[2] ?? 100);
const actor = { id: "script:bench", name: "Bench" };
const folder = mkdtempSync(join(tmpdir(), "bench-slow-pictures-"));
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
const { ports, cloud, worker, stop } = await startLocalConsole({ ports: { web, s3, gemini, google }, folder, say });

async function auditSeconds(): Promise<number> {
  const startedAt = performance.now();
  const { runId } = await startRun(ports, auditGroups, { payload: { root: null }, actor, autoApply: true });
  await waitForRun(ports, runId, "succeeded");
  return secondsSince(startedAt);
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const megabytes = (bytes: number) => Math.round(bytes / 1e6);
const secondsSince = (startedAt: number) => Math.round((performance.now() - startedAt) / 100) / 10;

/** Looks, until it is told to stop, at what was asked of S3, what has an outcome, and what the worker's processes hold. */
function watch(runId: number) {
  const asked = new Map<string, number>();
  const seconds: Record<string, number> = {};
  let atPeak: number[] = [];
  let seen = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const requests = cloud.s3.requests.recent();
      for (const { operation, key } of requests.slice(seen)) {
        if (operation === "GetObject") asked.set(key, performance.now());
      }
      seen = requests.length;
      const items = await ports.db.jobItem.findMany({ where: { runId, finishedAt: { not: null } } });
      for (const { label } of items) {
        const since = label === null ? undefined : asked.get(label);
        if (label !== null && since !== undefined) seconds[label] ??= secondsSince(since);
      }
      const held = await memoryOfTree(worker.pid() ?? 0);
      if (sum(held) > sum(atPeak)) atPeak = held;
      await sleep(100);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return { seconds, atPeak };
  };
}

try {
  for (const [name, body, contentType] of await slowPictures(megapixels)) {
    say(`${name}: ${Math.round(body.length / 1e6)} MB`);
    for (let n = 0; n < OF_EACH; n++) await ports.storage.put(`uploads/${n}-${name}`, body, { contentType });
  }
  const index = await startRun(ports, indexImages, { payload: { prefix: "" }, actor, autoApply: true });
  await waitForRun(ports, index.runId, "succeeded");
  const alone = [await auditSeconds(), await auditSeconds()];

  const { runId } = await startRun(ports, backfillThumbnails, { payload: { force: false }, actor, autoApply: false });
  const { planHash, planned } = await waitForRun(ports, runId, "planned");
  cloud.s3.requests.reset();
  const stopWatching = watch(runId);
  await applyRun(ports, jobKinds, { runId, actor, planHash: planHash ?? "" });
  const beside: number[] = [];
  let stopSeconds = 0;
  const ended = waitForRun(ports, runId, "succeeded");
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  void ended.then(end, end);
  while (!isOver) {
    beside.push(await auditSeconds());
    await sleep(2_000);
    if (beside.length !== 3) continue;
    const startedAt = performance.now();
    await worker.restart();
    stopSeconds = secondsSince(startedAt);
    // The first one waits for the worker to start.
    await auditSeconds();
  }
  await ended;
  const { seconds, atPeak } = await stopWatching();
  const again = await startRun(ports, backfillThumbnails, { payload: { force: false }, actor, autoApply: false });
  const { planned: plannedAgain } = await waitForRun(ports, again.runId, "planned");
  const items = await ports.db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" } });
  const result = {
    pictures: planned,
    outcomes: items.map(({ label, outcome, errorClass }) => ({
      key: label,
      outcome: errorClass ?? outcome ?? "succeeded",
      seconds: seconds[label ?? ""] ?? null,
    })),
    slowestSeconds: Math.max(...Object.values(seconds)),
    auditSeconds: { alone, beside },
    workerStopSeconds: stopSeconds,
    peakMb: megabytes(sum(atPeak)),
    workerAndChildrenAtPeakMb: atPeak.map(megabytes),
    plannedAgain,
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  const isMet =
    result.slowestSeconds <= 30 &&
    Math.max(...beside) <= 2 &&
    stopSeconds <= 10 &&
    result.peakMb < 1_500 &&
    plannedAgain === 0;
  if (!isMet) process.exitCode = 1;
} finally {
  await stop();
  rmSync(folder, { recursive: true, force: true });
}
