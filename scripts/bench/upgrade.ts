// A database of the first build, with 100,000 images, finished runs and a label run cut off in its midst, brought up to date as
// `npm run db:migrate` does; then the label run goes on. Prints one JSON document; exit code 1 where a row was lost or changed that no
// migration says, or where an answer was bought again. Usage: npm run bench -- upgrade [IMAGES [GO_ON]]     (100,000 and 200)
import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { jobKinds } from "~/features/job-kinds.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts, type Ports } from "~/ports/index.server";
import { startLocalCloud } from "../dev/console/local-cloud";
import { localEnv } from "../dev/console/local-env";
import { migrate } from "../dev/console/migrate";
import { findFreePorts } from "../dev/console/ports";
import { knobsSchema } from "../dev/gemini/knobs";
import { LEFT_AT } from "../dev/old-database/add-run";
import { findLosses } from "../dev/old-database/find-losses";
import { listImages } from "../dev/old-database/old-images";
import { writeOldDatabase } from "../dev/old-database/write-old-database";
import { startTiming } from "./labels/plain-promotion";

const count = Number(process.argv[2] ?? 100_000);
const goOn = Number(process.argv[3] ?? 200);
/** The label run that was under way. */
const RUN = 9;
const LABEL_RUN = 2;
/** Items that a worker may have begun when it is told to stop: four chunks of ten. */
const CLAIMED_AHEAD = 60;

const folder = mkdtempSync(join(tmpdir(), "bench-upgrade-"));
const file = join(folder, "ops.db");
const before = join(folder, "before.db");
const [web = 0, s3 = 0, gemini = 0, google = 0] = await findFreePorts(4);
const variables = localEnv({ ports: { web, s3, gemini, google }, folder });

/** Wall and processor time in seconds. */
function timed<Result>(work: () => Result) {
  const end = startTiming();
  const result = work();
  const { ms, cpuMs } = end();
  return { result, took: { seconds: Math.round(ms / 100) / 10, cpuSeconds: Math.round(cpuMs / 100) / 10 } };
}

function integrity(): unknown {
  const database = new Database(file, { readonly: true });
  try {
    return database.pragma("integrity_check", { simple: true });
  } finally {
    database.close();
  }
}

/** The objects that the label run asks about next, and its examples. */
async function putNext({ db, storage }: Ports) {
  const open = await db.jobItem.findMany({
    where: { runId: RUN, outcome: null },
    orderBy: { seq: "asc" },
    take: goOn + CLAIMED_AHEAD,
    select: { subject: true },
  });
  const wanted = new Set([8, 11, 14, ...open.map(({ subject }) => Number(subject))]);
  for (const { id, key, picture } of listImages(count)) {
    if (wanted.has(id)) await storage.put(key, picture.body, { contentType: "image/png" });
  }
}

/** One worker goes on with the run until so many more items are done. */
async function continueRun(ports: Ports) {
  const stop = new AbortController();
  const doneBefore = (await readRun(ports, RUN))?.done ?? 0;
  const watch = setInterval(async () => {
    const run = await readRun(ports, RUN);
    if (!run || run.done - doneBefore >= goOn) stop.abort();
  }, 200);
  await workOnRun(ports, requireJob(jobKinds, "label-run"), RUN, stop.signal);
  clearInterval(watch);
  const run = await readRun(ports, RUN);
  if (!run || run.failed + run.skipped > 0) throw new Error(run?.failures[0]?.sample ?? "Items were skipped");
  const labelled = await ports.db.modelCall.count({ where: { labelRunId: LABEL_RUN, outcome: "labelled" } });
  return { doneBefore, done: run.done, planned: run.planned, labelled };
}

try {
  const writing = timed(() => writeOldDatabase(file, count));
  copyFileSync(file, before);
  const migration = timed(() => migrate(file));
  const losses = timed(() => findLosses(before, file));
  const unexpected = losses.result.filter(
    ({ table, changed, added, dropped }) =>
      !(table === "LabelRun" && changed === 0 && added === 0 && dropped.join() === "promotedBy") &&
      !(table === "ModelCall" && changed === 2 && added === 0 && dropped.length === 0) &&
      table !== "_prisma_migrations",
  );

  const env = loadEnv(variables);
  const cloud = await startLocalCloud(env, folder);
  cloud.gemini.setKnobs(knobsSchema.parse({}));
  const live = await createPorts({ ...env, LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
  const offMs = LEFT_AT + 3_600_000 - Date.now();
  const ports = { ...live, clock: { now: () => new Date(Date.now() + offMs) } };
  await putNext(ports);
  const run = await continueRun(ports);
  const calls = cloud.gemini.calls().total;
  await ports.db.$disconnect();
  await cloud.close();

  // One answer had come and was not written yet.
  const isBoughtOnce = run.labelled === run.done && calls === run.done - run.doneBefore - 1;
  const isWhole = unexpected.length === 0 && integrity() === "ok" && isBoughtOnce && run.done - run.doneBefore >= goOn;
  const result = {
    images: count,
    megabytes: { before: toMegabytes(before), after: toMegabytes(file) },
    took: { write: writing.took, migrate: migration.took, compare: losses.took },
    run: { ...run, calls },
    unexpected,
    isWhole,
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  if (!isWhole) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function toMegabytes(path: string): number {
  return Math.round(statSync(path).size / 1e5) / 10;
}
