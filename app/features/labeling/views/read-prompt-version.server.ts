import { readRuns } from "~/features/job-runs/views/list-runs.server";
import type { RunView } from "~/features/job-runs/views/run-view";
import { requirePromptVersion } from "~/features/labeling/prompts/require-prompt-version.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { describePrompt } from "./describe-prompt.server";
import type { PromptView } from "./prompt-view";

/** Runs of a version that its page names; more are counted. */
const RUNS = 20;

export type PromptVersionView = {
  prompt: PromptView;
  createdAt: Date;
  /** Null: the console made it itself, or it is of before this was kept. */
  createdBy: string | null;
  /** Every version of this name, the newest first. */
  versions: { id: number; version: number; createdAt: Date }[];
  /** The newest label runs that used this version, and how many did. A label run is addressed by its job run. */
  runs: { list: RunView[]; total: number };
};

/**
 * A prompt version with the others of its name and the runs that used it.
 * @throws DomainError "not-found"
 */
export async function readPromptVersion(deps: { db: Db; clock: Clock }, id: number): Promise<PromptVersionView> {
  const { db } = deps;
  const row = await requirePromptVersion(deps, id);
  const where = { promptVersionId: id };
  const [prompt, versions, newest, total] = await Promise.all([
    describePrompt(db, row),
    db.promptVersion.findMany({
      where: { name: row.name },
      orderBy: { version: "desc" },
      select: { id: true, version: true, createdAt: true },
    }),
    db.labelRun.findMany({ where, orderBy: { id: "desc" }, take: RUNS, select: { jobRunId: true } }),
    db.labelRun.count({ where }),
  ]);
  const views = await readRuns(
    deps,
    newest.map(({ jobRunId }) => jobRunId),
  );
  const list = newest.flatMap(({ jobRunId }) => views.get(jobRunId) ?? []);
  return { prompt, createdAt: row.createdAt, createdBy: row.createdByName, versions, runs: { list, total } };
}
