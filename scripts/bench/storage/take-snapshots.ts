// Lists the bucket of the environment, and counts it, in a process of its own, as a worker does. Prints one JSON document.
import { jobKinds } from "~/features/job-kinds.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { newestSnapshot } from "~/features/storage-totals/snapshots";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { timeWrites } from "../time-writes.sql.server";

const rounds = Number(process.argv[2]);
const actor = { id: "script:bench", name: "Bench" };
const untimed = await createPorts({ ...loadEnv(process.env), LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
const { ports, holds } = timeWrites(untimed);
const never = new AbortController().signal;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round(performance.now() - startedAt) / 1_000;
}

const list = async () => {
  for await (const _ of untimed.storage.listParallel("")) void _;
};

async function snapshot(): Promise<void> {
  const payload = { versions: false };
  const { runId } = await startRun(ports, snapshotStorage, { payload, actor, autoApply: true });
  await workOnRun(ports, requireJob(jobKinds, snapshotStorage.kind), runId, never);
}

const listings: number[] = [];
const snapshots: number[] = [];
for (let round = 0; round < rounds; round++) {
  listings.push(await timed(list));
  snapshots.push(await timed(snapshot));
}
const newest = await untimed.db.storageSnapshot.findFirst({ ...newestSnapshot, include: { _count: true } });
const worst = holds.reduce((most, hold) => (hold.ms > most.ms ? hold : most));
const result = {
  listings,
  snapshots,
  objects: newest?.objects,
  totals: newest?._count.totals,
  longestWriteMs: Math.round(worst.ms),
  writtenBy: worst.by,
  residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
await untimed.db.$disconnect();
process.exit();
