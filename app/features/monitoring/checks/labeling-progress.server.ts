import type { z } from "zod";
import { finalStatuses, underWay } from "~/features/job-runs/status";
import { readRuns } from "~/features/job-runs/views/list-runs.server";
import { labelRun } from "~/features/labeling/label-run";
import { withPace } from "~/features/labeling/progress/read-label-progress.server";
import { summarizeLabelRun } from "~/features/labeling/views/summarize-label-run.sql.server";
import { defineCheck, type Earlier, type Judgement } from "~/features/monitoring/check";
import type { Ports } from "~/ports/index.server";
import { judgeRun, runVerdicts, troubleOfRun } from "./judge-label-run";
import { labelingReading, type RunReading } from "./label-run-reading";

const DAY_MS = 24 * 60 * 60_000;

export const labelingProgress = defineCheck({
  name: "labeling-progress",
  title: "Labeling progress",
  unit: "per hour",
  measures: "images that label runs finished in an hour",
  rule: "Slow: under half of the run's usual pace. Stalled: nothing ended since the last check, or it paused itself. Regressed: fewer answers than before. Over budget: no room for a call, or about to. Waiting for a quota of a day is none of these until half an hour after it is renewed.",
  link: "/label-runs",
  reading: labelingReading,

  async measure({ db, clock }, { lastAt }) {
    const endedSince = lastAt ?? new Date(0);
    const failedSince = new Date(clock.now().getTime() - DAY_MS);
    const rows = await db.jobRun.findMany({
      where: {
        kind: labelRun.kind,
        OR: [
          { status: { in: [...underWay] } },
          { status: { in: [...finalStatuses] }, appliedAt: { not: null }, finishedAt: { gt: endedSince } },
          { status: "failed", appliedAt: { not: null }, finishedAt: { gte: failedSince } },
        ],
      },
      orderBy: { id: "desc" },
      take: 20,
      select: { id: true, labelRun: { select: { id: true, budgetUsd: true } } },
    });
    const views = await readRuns(
      { db, clock },
      rows.map(({ id }) => id),
    );
    const runs: RunReading[] = [];
    for (const { id, labelRun: row } of rows) {
      const view = views.get(id);
      if (row && view) runs.push(await readOne({ db, clock }, view, row));
    }
    return { runs };
  },

  judge: ({ runs }, { at, earlier }) => judgeRuns(runs, at, earlier),
});

type View = Parameters<typeof withPace>[1];

async function readOne(
  deps: Pick<Ports, "db" | "clock">,
  view: View,
  { id, budgetUsd }: { id: number; budgetUsd: number | null },
): Promise<RunReading> {
  const [{ ratePerSecond }, totals] = await Promise.all([
    withPace(deps.db, view, id),
    summarizeLabelRun(deps, view.id),
  ]);
  const { status, planned, done, succeeded, failed, waiting, parked, pauseReason, pausedUntil, error } = view;
  return {
    ...{ runId: view.id, status, planned, done, succeeded, failed, budgetUsd, pauseReason, error },
    pace: ratePerSecond,
    spentUsd: totals.spentUsd + totals.unknownUsd,
    maxCallUsd: totals.maxCallUsd,
    waiting: waiting?.reason ?? parked?.reason ?? null,
    pausedUntil: pausedUntil?.getTime() ?? null,
  };
}

/** The worst of the runs says how labeling gets on; each that needs someone has an alert of its own. */
export function judgeRuns(
  runs: readonly RunReading[],
  at: Date,
  earlier: readonly Earlier<z.infer<typeof labelingReading>>[],
): Judgement {
  const judged = runs.map((run) => ({ run, ...judgeRun(run, at, earlier) }));
  const [worst] = [...judged].sort((a, b) => runVerdicts.indexOf(a.verdict) - runVerdicts.indexOf(b.verdict));
  const value = imagesAnHour(runs, at, earlier[0]);
  if (!worst) return { verdict: "idle", level: "ok", sentence: "No label run is under way.", value };
  const troubles = judged.flatMap(({ run, ...judgement }) => troubleOfRun(run, judgement) ?? []);
  const level = troubles.some(({ severity }) => severity === "error") ? "bad" : troubles.length > 0 ? "warn" : "ok";
  return { verdict: worst.verdict, level, sentence: judged.map(({ sentence }) => sentence).join(" "), value, troubles };
}

/** Images that ended since the last measurement, an hour; null: there is none to compare with. */
function imagesAnHour(
  runs: readonly RunReading[],
  at: Date,
  before: Earlier<z.infer<typeof labelingReading>> | undefined,
): number | null {
  const hours = before ? (at.getTime() - before.at.getTime()) / 3_600_000 : 0;
  if (!before || hours <= 0) return null;
  const doneBefore = new Map(before.reading.runs.map(({ runId, done }) => [runId, done]));
  const ended = runs.reduce((sum, { runId, done }) => sum + Math.max(done - (doneBefore.get(runId) ?? 0), 0), 0);
  return ended / hours;
}
