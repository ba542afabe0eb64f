import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { migrate } from "../../dev/console/migrate";
import { benchPorts } from "../images/bench-ports";
import { noopJob } from "../noop-job";

const ROUNDS = 3;
const COMMITS = 300;
const ITEMS = 2_000;

const actor = { id: "script:bench", name: "Bench" };
const modes = ["NORMAL", "FULL"] as const;

/**
 * Single commits and no-op items of job runs a second, with `synchronous` NORMAL and FULL by turns on one connection, so that
 * whatever else the machine does meets both. The median of the rounds, and each.
 */
export async function measureSynchronous() {
  const folder = mkdtempSync(join(tmpdir(), "bench-synchronous-"));
  migrate(join(folder, "ops.db"));
  const ports = await benchPorts(folder);
  const { db } = ports;
  await db.owner.create({ data: { id: "u-1", name: "0", createdAt: ports.clock.now() } });
  const rates = { NORMAL: { commits: [0], items: [0] }, FULL: { commits: [0], items: [0] } };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const mode of modes) {
        await db.$queryRawUnsafe(`PRAGMA synchronous = ${mode}`);
        const startedAt = performance.now();
        for (let n = 0; n < COMMITS; n++) {
          await db.$write((tx) => tx.owner.update({ where: { id: "u-1" }, data: { name: String(n) } }));
        }
        rates[mode].commits[round] = Math.round((COMMITS / (performance.now() - startedAt)) * 1_000);
        const { runId } = await startRun(ports, noopJob.definition, {
          payload: { items: ITEMS },
          actor,
          autoApply: true,
        });
        await workOnRun(ports, noopJob, runId, new AbortController().signal);
        rates[mode].items[round] = Math.round(ITEMS / ((await readRun(ports, runId))?.seconds ?? 0));
      }
    }
  } finally {
    await db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
  const summary = (each: number[]) => ({ median: each.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)], each });
  return {
    commitsPerSecond: { normal: summary(rates.NORMAL.commits), full: summary(rates.FULL.commits) },
    itemsPerSecond: { normal: summary(rates.NORMAL.items), full: summary(rates.FULL.items) },
  };
}
