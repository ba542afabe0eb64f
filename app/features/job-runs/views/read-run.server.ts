import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { RunDetails } from "./run-view";
import { toRunViews } from "./tallied-run.server";

/** One run with its counts, or null. */
export async function readRun({ db, clock }: { db: Db; clock: Clock }, runId: number): Promise<RunDetails | null> {
  const row = await db.jobRun.findUnique({ where: { id: runId } });
  const [view] = row ? await toRunViews({ db, clock }, [row]) : [];
  if (!view) return null;
  return { ...view, failures: view.failed > 0 ? await readFailures(db, runId) : [] };
}

async function readFailures(db: Db, runId: number): Promise<RunDetails["failures"]> {
  const groups = await db.jobItem.groupBy({
    by: ["errorClass"],
    where: { runId, outcome: "failed" },
    _count: { _all: true },
    orderBy: { errorClass: "asc" },
  });
  return Promise.all(
    groups.map(async ({ errorClass, _count }) => {
      const first = await db.jobItem.findFirst({
        where: { runId, outcome: "failed", errorClass },
        orderBy: { seq: "asc" },
        select: { error: true },
      });
      return { errorClass: errorClass ?? "internal", count: _count._all, sample: first?.error ?? "" };
    }),
  );
}
