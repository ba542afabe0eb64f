// Promoting 100,000 accepted proposals, half of them over a former label, and the rollback, beside the same change in plain SQL
// with history and ledger rows, in turn on copies of one database. Prints a table and a verdict for each thing asked.
// Usage: npm run bench -- promote-labels [ROUNDS [PROPOSALS]]     (3 and 100,000 unless told)
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { startPromotion } from "~/features/labels/promote/start-promotion.server";
import type { Ports } from "~/ports/index.server";
import { benchPorts } from "./images/bench-ports";
import { copyDatabase, imageDatabase } from "./images/generate-images";
import { table, verdicts } from "./images/report";
import { addAcceptedRun, openPlainPromotion, startTiming, type Took } from "./labels/plain-promotion";
import { timeWrites } from "./time-writes.sql.server";

const rounds = Number(process.argv[2] ?? 3);
const proposals = Number(process.argv[3] ?? 100_000);
const NO_TIME = { ms: 0, cpuMs: 0 };
const actor = { id: "script:bench", name: "Bench" };
/** The label run's job run, as `addAcceptedRun` has it. */
const RUN = 800;

const folder = mkdtempSync(join(tmpdir(), "bench-promote-"));

/** Opens a copy of a database; closes it. */
async function withCopy<Result>(
  of: string,
  work: (ports: Ports, file: string) => Promise<Result> | Result,
): Promise<Result> {
  const file = copyDatabase(of, folder);
  const ports = await benchPorts(folder);
  try {
    return await work(ports, file);
  } finally {
    await ports.db.$disconnect();
  }
}

const plain = (accepted: string) =>
  withCopy(accepted, (_, file) => {
    const change = openPlainPromotion(file);
    const took = { applied: change.apply(), undone: change.undo() };
    change.close();
    return took;
  });

const product = (accepted: string) =>
  withCopy(accepted, async (untimed) => {
    const { ports, holds } = timeWrites(untimed);
    const before = await labelsOf(ports);
    const steps: Took[] = [];
    const work = async (runId: number) => {
      const end = startTiming();
      await workOnRun(ports, requireJob(jobKinds, "promote-labels"), runId, new AbortController().signal);
      steps.push(end());
      const run = await readRun(ports, runId);
      if (!run || run.status === "failed" || run.skipped > 0) throw new Error(run?.error ?? "Items were skipped");
      return run;
    };
    const apply = async ({ id, planHash }: Awaited<ReturnType<typeof work>>) => {
      await applyRun(ports, jobKinds, { runId: id, actor, planHash: planHash ?? "" });
      return work(id);
    };
    const { runId } = await startPromotion(ports, { runId: RUN, actor });
    const run = await apply(await work(runId));
    const undo = await undoRun(ports, jobKinds, { runId, actor });
    await apply(await work(undo.runId));
    if ((await labelsOf(ports)) !== before) throw new Error("The rollback did not restore the labels");
    const [plan = NO_TIME, applied = NO_TIME, undoPlan = NO_TIME, undone = NO_TIME] = steps;
    const holdMs = Math.round(Math.max(...holds.map(({ ms }) => ms)));
    return { changed: run.succeeded, plan, applied, undoPlan, undone, holdMs };
  });

const labelsOf = async ({ db }: Ports) =>
  JSON.stringify(
    await db.label.groupBy({
      by: ["attribute", "value", "source", "acceptedBy"],
      _count: { _all: true },
      orderBy: { attribute: "asc" },
    }),
  );

const rates = (plain: Took, ...ours: Took[]) => {
  const rate = (of: (took: Took) => number) =>
    Math.round((of(plain) / ours.reduce((sum, took) => sum + of(took), 0)) * 100) / 100;
  return { rate: rate(({ ms }) => ms), cpuRate: rate(({ cpuMs }) => cpuMs) };
};

async function compare(accepted: string) {
  const inSql = await plain(accepted);
  const ours = await product(accepted);
  return {
    ...ours,
    plain: inSql,
    promotion: rates(inSql.applied, ours.plan, ours.applied),
    rollback: rates(inSql.undone, ours.undoPlan, ours.undone),
  };
}

try {
  const accepted = join(folder, "accepted.db");
  renameSync(copyDatabase(await imageDatabase(Math.ceil(proposals / 3)), folder), accepted);
  addAcceptedRun(accepted, proposals);
  const results: Awaited<ReturnType<typeof compare>>[] = [];
  for (let round = 0; round < rounds; round++) results.push(await compare(accepted));
  report(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(results: Awaited<ReturnType<typeof compare>>[]): void {
  table(
    [
      ...["labels", "plan ms", "apply ms", "SQL ms", "rate to SQL", "by processor"],
      ...["rollback: plan ms", "apply ms", "SQL ms", "rate to SQL", "by processor", "longest write"],
    ],
    results.map(({ changed, plain, promotion, rollback, ...ours }) => [
      ...[changed, ours.plan.ms, ours.applied.ms, plain.applied.ms, promotion.rate, promotion.cpuRate],
      ...[ours.undoPlan.ms, ours.undone.ms, plain.undone.ms, rollback.rate, rollback.cpuRate, ours.holdMs],
    ]),
  );
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const verdict = (what: string, of: "promotion" | "rollback") => {
    const rate = median(results.map((result) => result[of].rate));
    const cpuRate = median(results.map((result) => result[of].cpuRate));
    return { what, isMet: rate >= 0.6, measured: `${rate}, the median; ${cpuRate} by what a processor worked` };
  };
  verdicts([
    verdict("a promotion at 0.6 of the rate of plain SQL", "promotion"),
    verdict("its rollback at 0.6 of it", "rollback"),
  ]);
}
