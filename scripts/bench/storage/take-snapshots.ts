// Lists the bucket of the environment, counts it, and counts once more what the listing gave, without S3: what a snapshot takes
// beside its listing; then reads what the page shows. In a process of its own, as a worker does. Prints one JSON document.
import { jobKinds } from "~/features/job-kinds.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { newestSnapshot } from "~/features/storage-totals/snapshots";
import { readStorage } from "~/features/storage-totals/views/read-storage.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { percentile } from "../images/percentile";
import { timeWrites } from "../time-writes.sql.server";

const rounds = Number(process.argv[2]);
const actor = { id: "script:bench", name: "Bench" };
const untimed = await createPorts({ ...loadEnv(process.env), LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
const { ports, holds } = timeWrites(untimed);
const never = new AbortController().signal;

/** Seconds by the clock, and how long this process's processors worked. */
async function timed(work: () => Promise<unknown>) {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { s: Math.round(performance.now() - startedAt) / 1_000, cpuS: Math.round((user + system) / 1_000) / 1_000 };
}

let pages: StoredObject[][] = [];

async function list(): Promise<void> {
  pages = [];
  for await (const page of untimed.storage.listParallel("")) pages.push(page);
}

async function snapshot(storage: Storage): Promise<void> {
  const payload = { versions: false };
  const { runId } = await startRun(ports, snapshotStorage, { payload, actor, autoApply: true });
  await workOnRun({ ...ports, storage }, requireJob(jobKinds, snapshotStorage.kind), runId, never);
}

const asListed: Storage = {
  ...untimed.storage,
  async *listParallel() {
    yield* pages;
  },
};

type Timed = Awaited<ReturnType<typeof timed>>;
const listings: Timed[] = [];
const snapshots: Timed[] = [];
const withoutS3: Timed[] = [];
for (let round = 0; round < rounds; round++) {
  listings.push(await timed(list));
  withoutS3.push(await timed(() => snapshot(asListed)));
  pages = [];
  snapshots.push(await timed(() => snapshot(untimed.storage)));
}
const reads: number[] = [];
for (let n = 0; n < 100; n++) {
  const startedAt = performance.now();
  await readStorage(untimed);
  reads.push(performance.now() - startedAt);
}
const newest = await untimed.db.storageSnapshot.findFirst({ ...newestSnapshot, include: { _count: true } });
const worst = holds.reduce((most, hold) => (hold.ms > most.ms ? hold : most));
const result = {
  listings,
  snapshots,
  withoutS3,
  objects: newest?.objects,
  totals: newest?._count.totals,
  readStorageMs: { median: percentile(reads, 0.5), p95: percentile(reads, 0.95) },
  longestWriteMs: Math.round(worst.ms),
  itsProcessorMs: Math.round(worst.cpuMs),
  writtenBy: worst.by,
  residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await untimed.db.$disconnect();
process.exit();
