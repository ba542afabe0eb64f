// Reassigning 1,000,000 of 1,000,000 images, 100,000 and 10,000 of them, and the undo, beside the same change in plain SQL,
// in turn on copies of one database, while someone looks at /images. Prints a table and a verdict for each thing asked.
// Usage: npm run bench -- reassign-owner [ROUNDS [IMAGES [SHARE…]]]     (1, 1,000,000, and 1 0.1 0.01 unless told)
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { ImageQuery } from "~/features/images/query/image-query";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { startReassignment } from "~/features/owners/reassign/start-reassignment.server";
import type { Ports } from "~/ports/index.server";
import { benchPorts } from "./images/bench-ports";
import { copyDatabase, imageDatabase } from "./images/generate-images";
import { percentile } from "./images/percentile";
import { openPlain } from "./images/plain-reassignment";
import { table, verdicts } from "./images/report";
import { type Hold, timeWrites } from "./time-writes.sql.server";

const rounds = Number(process.argv[2] ?? 1);
const images = Number(process.argv[3] ?? 1_000_000);
const shares = process.argv.length > 4 ? process.argv.slice(4).map(Number) : [1, 0.1, 0.01];
const TO = "everyones";
const actor = { id: "script:bench", name: "Bench" };

const folder = mkdtempSync(join(tmpdir(), "bench-reassign-"));
const template = await imageDatabase(images);

/** Opens a copy of the database, in which the new owner is; closes it. */
async function withCopy<Result>(work: (ports: Ports, file: string) => Promise<Result>): Promise<Result> {
  const file = copyDatabase(template, folder);
  const ports = await benchPorts(folder);
  await ports.db.owner.create({ data: { id: TO, name: TO, createdAt: new Date(0) } });
  try {
    return await work(ports, file);
  } finally {
    await ports.db.$disconnect();
  }
}

/** As many owners as have about so many images. */
async function ownersOf(share: number): Promise<string[]> {
  return withCopy(async ({ db }) => {
    const counts = await db.image.groupBy({
      by: ["ownerId"],
      where: { goneAt: null, ownerId: { not: null } },
      _count: { _all: true },
      orderBy: { _count: { ownerId: "asc" } },
    });
    const owners: string[] = [];
    let sum = 0;
    for (const { ownerId, _count } of counts) {
      if (ownerId === null || sum + _count._all > images * share * 1.05) continue;
      owners.push(ownerId);
      sum += _count._all;
    }
    return owners;
  });
}

/** A process beside: started at once, and ended for its one line of JSON. */
async function openBeside(entry: string, argument: string) {
  const child = spawn(process.execPath, ["--import", "tsx", entry, argument], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return async (): Promise<unknown> => {
    child.kill("SIGTERM");
    const { value } = await lines.next();
    return JSON.parse(value ?? "null");
  };
}

/** While `work` goes on, one process lists pages of /images, and another changes a row now and then. */
async function withOthers<Result>(file: string, work: () => Promise<Result>) {
  const ends = [
    await openBeside("scripts/bench/images/pages-beside.ts", folder),
    await openBeside("scripts/bench/images/writes-beside.ts", file),
  ];
  const said: unknown[] = [];
  const result = await work().finally(async () => {
    for (const end of ends) said.push(await end());
  });
  const [pages, writes] = z.tuple([z.array(z.number()), z.array(z.number())]).parse(said);
  return {
    ...result,
    waitP95: percentile(writes, 0.95),
    waitMs: Math.round(Math.max(...writes)),
    pagesP95: percentile(pages, 0.95),
    pages: pages.length,
  };
}

const plain = (owners: string[] | null) =>
  withCopy((_, file) =>
    withOthers(file, async () => {
      const change = openPlain(file, TO, owners);
      const ms = { applyMs: change.apply(), undoMs: change.undo() };
      change.close();
      return ms;
    }),
  );

const product = (query: ImageQuery) =>
  withCopy((untimed, file) =>
    withOthers(file, async () => {
      const { ports, holds } = timeWrites(untimed);
      const before = await countOwners(ports);
      const steps: number[] = [];
      const work = async (runId: number) => {
        const startedAt = performance.now();
        await workOnRun(ports, requireJob(jobKinds, "reassign-owner"), runId, new AbortController().signal);
        steps.push(Math.round(performance.now() - startedAt));
        const run = await readRun(ports, runId);
        if (!run || run.status === "failed" || run.skipped > 0) throw new Error(run?.error ?? "Items were skipped");
        return run;
      };
      const apply = async ({ id, planHash }: Awaited<ReturnType<typeof work>>) => {
        await applyRun(ports, jobKinds, { runId: id, actor, planHash: planHash ?? "" });
        return work(id);
      };
      const { runId } = await startReassignment(ports, { selection: { query }, toOwnerId: TO, actor });
      const run = await apply(await work(runId));
      const undo = await undoRun(ports, jobKinds, { runId, actor });
      await apply(await work(undo.runId));
      if ((await countOwners(ports)) !== before) throw new Error("The undo did not restore the owners");
      const [planMs = 0, applyMs = 0, undoPlanMs = 0, undoApplyMs = 0] = steps;
      return { changed: run.succeeded, planMs, applyMs, undoPlanMs, undoApplyMs, holds };
    }),
  );

/** The longest write, and the longest commit. */
function longest(holds: readonly Hold[]) {
  const byTime = holds.toSorted((a, b) => b.ms - a.ms);
  const rounded = (ms = 0) => Math.round(ms);
  return {
    holdMs: rounded(byTime[0]?.ms),
    cpuMs: rounded(byTime[0]?.cpuMs),
    holdP99: rounded(byTime[Math.floor(holds.length / 100)]?.ms),
    commitP50: percentile(
      holds.map(({ commitMs }) => commitMs),
      0.5,
    ),
    commitMs: rounded(Math.max(...holds.map(({ commitMs }) => commitMs))),
    writes: holds.length,
  };
}

const countOwners = async ({ db }: Ports) =>
  JSON.stringify(await db.image.groupBy({ by: ["ownerId"], _count: true, orderBy: { ownerId: "asc" } }));

const ratio = (of: number, to: number) => Math.round((of / to) * 100) / 100;

try {
  const results: Awaited<ReturnType<typeof compare>>[] = [];
  const sizes: (string[] | null)[] = [];
  for (const share of shares) sizes.push(share === 1 ? null : await ownersOf(share));
  for (let round = 0; round < rounds; round++) {
    for (const owners of sizes) {
      results.push(await compare(owners));
      process.stderr.write(`${JSON.stringify(results.at(-1))}\n`);
    }
  }
  report(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(owners: string[] | null) {
  const inSql = await plain(owners);
  const { holds, ...ours } = await product(owners ? { owner: owners } : { all: true });
  return {
    changed: ours.changed,
    plain: inSql,
    product: { ...ours, ...longest(holds) },
    toPlain: ratio(inSql.applyMs, ours.planMs + ours.applyMs),
    undoToPlain: ratio(inSql.undoMs, ours.undoPlanMs + ours.undoApplyMs),
  };
}

function report(results: Awaited<ReturnType<typeof compare>>[]): void {
  table(
    [
      ...[
        "images",
        "plan ms",
        "apply ms",
        "SQL ms",
        "rate to SQL",
        "undo: plan ms",
        "apply ms",
        "SQL ms",
        "rate to SQL",
      ],
      ...["pages p95", "longest write", "its processor ms", "writes p99", "commits p50", "longest"],
    ],
    results.map(({ changed, plain, product, toPlain, undoToPlain }) => [
      ...[changed, product.planMs, product.applyMs, plain.applyMs, toPlain],
      ...[product.undoPlanMs, product.undoApplyMs, plain.undoMs, undoToPlain, product.pagesP95],
      ...[product.holdMs, product.cpuMs, product.holdP99, product.commitP50, product.commitMs],
    ]),
  );
  const least = (values: number[]) => Math.min(...values);
  const most = (values: number[]) => Math.max(...values);
  const [largest] = results.toSorted((a, b) => b.changed - a.changed);
  const pages = most(results.map(({ product }) => product.pagesP95));
  const hold = most(results.map(({ product }) => product.holdMs));
  verdicts([
    {
      what: "all images at 0.6 of the rate of plain SQL",
      isMet: (largest?.toPlain ?? 0) >= 0.6,
      measured: `${largest?.toPlain}; of all sizes at least ${least(results.map(({ toPlain }) => toPlain))}`,
    },
    {
      what: "their undo at 0.6 of it",
      isMet: (largest?.undoToPlain ?? 0) >= 0.6,
      measured: `${largest?.undoToPlain}; of all sizes at least ${least(results.map(({ undoToPlain }) => undoToPlain))}`,
    },
    { what: "pages beside it below 300 ms, p95", isMet: pages < 300, measured: `${pages} ms` },
    {
      what: "no write works longer than 200 ms with the lock held",
      isMet: hold <= 200,
      measured: `${hold} ms at most; changes of another process took ${most(results.map(({ product }) => product.waitP95))} ms, p95, and ${most(results.map(({ product }) => product.waitMs))} at most`,
    },
  ]);
}
