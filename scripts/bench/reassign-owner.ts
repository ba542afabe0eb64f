// Reassigning 1,000,000 of 1,000,000 images, 100,000 and 10,000 of them, and the undo, beside the same change in plain SQL,
// in turn on copies of one database, while someone looks at /images. Prints one JSON document.
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

/** While `work` goes on, one process lists pages of /images, and another watches for how long the lock is taken. */
async function withOthers<Result>(file: string, work: () => Promise<Result>) {
  const ends = [
    await openBeside("scripts/bench/images/pages-beside.ts", folder),
    await openBeside("scripts/bench/images/lock-watch.ts", file),
  ];
  const said: unknown[] = [];
  const result = await work().finally(async () => {
    for (const end of ends) said.push(await end());
  });
  const [pages, lockMs] = z.tuple([z.array(z.number()), z.number()]).parse(said);
  return { ...result, lockMs, pagesP95: percentile(pages, 0.95), pages: pages.length };
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
  withCopy((ports, file) =>
    withOthers(file, async () => {
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
      return { changed: run.succeeded, planMs, applyMs, undoPlanMs, undoApplyMs };
    }),
  );

const countOwners = async ({ db }: Ports) =>
  JSON.stringify(await db.image.groupBy({ by: ["ownerId"], _count: true, orderBy: { ownerId: "asc" } }));

const ratio = (of: number, to: number) => Math.round((of / to) * 100) / 100;

try {
  const results: object[] = [];
  const sizes: (string[] | null)[] = [];
  for (const share of shares) sizes.push(share === 1 ? null : await ownersOf(share));
  for (let round = 0; round < rounds; round++) {
    for (const owners of sizes) {
      const inSql = await plain(owners);
      const ours = await product(owners ? { owner: owners } : { all: true });
      const result = {
        changed: ours.changed,
        plain: inSql,
        product: ours,
        toPlain: ratio(inSql.applyMs, ours.planMs + ours.applyMs),
        undoToPlain: ratio(inSql.undoMs, ours.undoPlanMs + ours.undoApplyMs),
        imagesPerSecond: Math.round((ours.changed / (ours.planMs + ours.applyMs)) * 1_000),
      };
      results.push(result);
      process.stderr.write(`${JSON.stringify(result)}\n`);
    }
  }
  process.stdout.write(`${JSON.stringify({ images, results }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
