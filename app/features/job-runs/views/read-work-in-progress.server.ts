import { inHand } from "~/features/job-runs/status";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { isStandingStill } from "./standstill";
import { toRunViews } from "./tallied-run.server";

type WorkInProgress = {
  runs: number;
  done: number;
  /** Items of those runs that are planned so far. */
  planned: number;
  /** Those of the runs that do nothing for now: each says what it waits for. */
  waiting: number;
  /** Runs that paused themselves: someone has to resume or cancel them. */
  paused: number;
};

/** Work that is under way: runs being planned or carried out, with their items; and what stands still. */
export async function readWorkInProgress(deps: { db: Db; clock: Clock }): Promise<WorkInProgress> {
  const { db } = deps;
  const [rows, paused] = await Promise.all([
    db.jobRun.findMany({ where: { status: { in: [...inHand] } } }),
    db.jobRun.count({ where: pausedThemselves }),
  ]);
  const runs = await toRunViews(deps, rows);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    runs: runs.length,
    planned: sum(runs.map((run) => run.planned)),
    done: sum(runs.map((run) => run.done)),
    waiting: runs.filter(isStandingStill).length,
    paused,
  };
}

const pausedThemselves = { status: "paused", pauseReason: { not: null } };

/** Runs that paused themselves, newest first. */
export function listPausedThemselves({ db }: { db: Db }, { limit }: { limit: number }) {
  return db.jobRun.findMany({
    where: pausedThemselves,
    select: { id: true, kind: true, title: true, pauseReason: true },
    orderBy: { id: "desc" },
    take: limit,
  });
}
