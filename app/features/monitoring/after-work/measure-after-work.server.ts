import { setTimeout as sleep } from "node:timers/promises";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { consoleActor } from "~/features/job-runs/run-events";
import { finalStatuses } from "~/features/job-runs/status";
import { coverage } from "~/features/monitoring/checks/coverage.server";
import { groupAudit } from "~/features/monitoring/checks/group-audit.server";
import { images } from "~/features/monitoring/checks/images.server";
import { owners } from "~/features/monitoring/checks/owners.server";
import { spend } from "~/features/monitoring/checks/spend.server";
import { thumbnails } from "~/features/monitoring/checks/thumbnails.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import type { Db } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";

type Deps = Pick<Ports, "db" | "clock">;

const EVERY_MS = 5_000;
/** Work that ends more often is measured together: once so long is over, and then what is newest. */
const AT_MOST_EVERY_MS = 2 * 60_000;
/** Runs that are looked at: one that ends after so many later ones is left to the checks of the half hour. */
const LOOKED_AT = 200;

/** What the overview counts, and runs change. */
const counted = [coverage, images, owners, groupAudit, thumbnails, spend].map(({ name }) => name);

/** Has the overview's numbers measured again soon after a run ends, until `signal` aborts. Every worker may do so. */
export async function measureAfterWork(deps: Deps & Pick<Ports, "log">, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await measureIfWorkEnded(deps);
    } catch (error) {
      if (!signal.aborted) deps.log.warn({ err: error }, "what ended could not be measured");
    }
  }
}

/**
 * Starts a run of the overview's checks if a run has ended since they were measured: one, however many ended, however many
 * workers look, and none while checks run or shortly after some were started.
 * @returns its id; null: there is nothing to measure now
 */
export async function measureIfWorkEnded(deps: Deps): Promise<number | null> {
  const { db } = deps;
  if (!(await hasEndedSince(db, await oldestMeasurement(db)))) return null;
  const now = deps.clock.now().getTime();
  // Not of a time that is yet to come: a clock that was ahead once would else hold this up until then.
  const recently = { gt: new Date(now - AT_MOST_EVERY_MS), lt: new Date(now + AT_MOST_EVERY_MS) };
  const othersThan = (runId: number) => ({
    kind: runChecks.kind,
    id: { not: runId },
    OR: [{ status: { notIn: [...finalStatuses] } }, { createdAt: recently }],
  });
  if ((await db.jobRun.count({ where: othersThan(0) })) > 0) return null;
  try {
    const { runId } = await startRun(deps, runChecks, {
      payload: { checks: counted },
      actor: consoleActor,
      autoApply: true,
      // Again, in the transaction that writes the run: of several workers that look at once, one starts it.
      within: async (tx, own) => {
        if ((await tx.jobRun.count({ where: othersThan(own) })) > 0) throw new Measured();
      },
    });
    return runId;
  } catch (error) {
    if (error instanceof Measured) return null;
    throw error;
  }
}

/** Takes the new run back: its transaction ends with this. */
class Measured extends Error {
  override name = "Measured";
}

/** When the overview's numbers were measured, the oldest of them; null: one never was. */
async function oldestMeasurement(db: Db): Promise<Date | null> {
  const newest = await Promise.all(
    counted.map((name) => db.check.findFirst({ where: { name }, orderBy: { id: "desc" }, select: { at: true } })),
  );
  const times = newest.flatMap((row) => (row ? [row.at.getTime()] : []));
  return times.length < counted.length ? null : new Date(Math.min(...times));
}

async function hasEndedSince(db: Db, since: Date | null): Promise<boolean> {
  const runs = await db.jobRun.findMany({
    orderBy: { id: "desc" },
    take: LOOKED_AT,
    select: { kind: true, finishedAt: true },
  });
  return runs.some(
    ({ kind, finishedAt }) => kind !== runChecks.kind && finishedAt !== null && finishedAt > (since ?? new Date(0)),
  );
}
