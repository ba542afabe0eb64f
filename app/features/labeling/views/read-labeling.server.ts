import { underWay } from "~/features/job-runs/status";
import { type Coverage, readAllCoverage } from "~/features/labeling/progress/read-coverage.sql.server";
import { type LabelProgress, readLabelProgress } from "~/features/labeling/progress/read-label-progress.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type LabelRunView, readLabelRun } from "./read-label-run.server";

/** How labeling gets on: label runs with their progress, and the coverage of all images, as of `asOf`. */
export type Labeling = { runs: (LabelRunView & { progress: LabelProgress })[]; coverage: Coverage[]; asOf: Date };

/**
 * One label run, or all that are under way, or the last one where none is.
 * @param input.runId by its job run; null: none was named
 * @throws DomainError "not-found"
 */
export async function readLabeling(
  { db, clock }: { db: Db; clock: Clock },
  { runId, attributes }: { runId: number | null; attributes: readonly string[] },
): Promise<Labeling> {
  const ids = runId === null ? await findRuns(db) : [runId];
  const runs = await Promise.all(
    ids.map(async (id) => {
      const view = await readLabelRun({ db, clock }, id);
      return { ...view, progress: await readLabelProgress(db, view.run, attributes) };
    }),
  );
  return { runs, coverage: await readAllCoverage(db, attributes), asOf: clock.now() };
}

async function findRuns(db: Db): Promise<number[]> {
  const read = (where: object, take?: number) =>
    db.labelRun.findMany({ where, orderBy: { id: "desc" }, select: { jobRunId: true }, ...(take && { take }) });
  const active = await read({ jobRun: { status: { in: [...underWay] } } });
  const found = active.length > 0 ? active : await read({}, 1);
  return found.map(({ jobRunId }) => jobRunId);
}
