import { DomainError } from "~/features/domain-error";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import { jsonColumn } from "~/features/json-column";
import { type LabelRunScope, labelRunScope } from "~/features/labeling/label-run";
import { type PilotView, readPilot } from "~/features/labeling/pilot/start-pilot.server";
import { withPace } from "~/features/labeling/progress/read-label-progress.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { describePrompt } from "./describe-prompt.server";
import type { PromptView } from "./prompt-view";
import { type LabelRunTotals, summarizeLabelRun } from "./summarize-label-run.sql.server";

/** A label run but for its images and failed items, which come in pages. Dollars in USD. */
export type LabelRunView = {
  run: RunDetails;
  scope: LabelRunScope;
  budgetUsd: number | null;
  totals: LabelRunTotals;
  /** Null before it is chosen, when the run is planned; `scope` has its name. */
  prompt: PromptView | null;
  /** Null once there is nothing to try any more: it is not planned, or was applied. */
  pilot: PilotView | null;
};

type Deps = { db: Db; clock: Clock };

/**
 * That a job run is a label run.
 * @throws DomainError "not-found"
 */
export async function requireLabelRun({ db }: { db: Db }, runId: number): Promise<void> {
  const row = await db.labelRun.findUnique({ where: { jobRunId: runId }, select: { id: true } });
  if (!row) throw noLabelRun(runId);
}

const noLabelRun = (runId: number) => new DomainError("not-found", `There is no label run ${runId}.`);

/**
 * A label run by its job run's id.
 * @throws DomainError "not-found"
 */
export async function readLabelRun({ db, clock }: Deps, runId: number): Promise<LabelRunView> {
  const row = await db.labelRun.findUnique({ where: { jobRunId: runId }, include: { promptVersion: true } });
  const run = row && (await readRun({ db, clock }, runId));
  if (!row || !run) throw noLabelRun(runId);
  const prompt = row.promptVersion && (await describePrompt(db, row.promptVersion));
  const [totals, pilot] = await Promise.all([
    summarizeLabelRun({ db, clock }, runId),
    run.status === "planned" ? readPilot(db, runId) : null,
  ]);
  const scope = jsonColumn(labelRunScope).parse(row.scope);
  return { run: await withPace(db, run, row.id), scope, budgetUsd: row.budgetUsd, totals, prompt, pilot };
}
