import { isFinished } from "~/features/job-runs/status";
import type { RunView } from "~/features/job-runs/views/run-view";
import type { Db } from "~/ports/db.server";
import { paceOf } from "./pace";
import { type OutcomeStep, readBeats, readOutcomeSteps } from "./read-calls.sql.server";
import { type Coverage, readRunCoverage } from "./read-coverage.sql.server";

/** How a label run gets on beside its counts. */
export type LabelProgress = { steps: OutcomeStep[]; coverage: Coverage[] };

/**
 * A run with the pace of its last minute of work, idle time left out, and how long the rest takes at that pace; as it is where
 * nothing has ended yet or all is over.
 */
export async function withPace<Run extends RunView>(db: Db, run: Run, labelRunId: number): Promise<Run> {
  if (isFinished(run.status)) return run;
  const pace = paceOf(await readBeats(db, labelRunId));
  if (pace === null) return run;
  return { ...run, ratePerSecond: pace, etaSeconds: run.etaSeconds === null ? null : (run.planned - run.done) / pace };
}

/** What the calls of a label run came to over time, and how much of what it was planned for has labels. */
export async function readLabelProgress(
  db: Db,
  run: Pick<RunView, "id" | "startedAt" | "finishedAt" | "asOf">,
  attributes: readonly string[],
): Promise<LabelProgress> {
  const { id: labelRunId } = await db.labelRun.findUniqueOrThrow({ where: { jobRunId: run.id }, select: { id: true } });
  const { startedAt, finishedAt, asOf } = run;
  const [steps, coverage] = await Promise.all([
    startedAt ? readOutcomeSteps(db, labelRunId, { from: startedAt, to: finishedAt ?? asOf }) : [],
    readRunCoverage(db, run.id, attributes),
  ]);
  return { steps, coverage };
}
