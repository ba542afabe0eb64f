import { readLastSeen } from "~/features/clock-watch/read-last-seen.server";
import { countItems } from "~/features/job-runs/views/count-items.sql.server";
import { readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import type { Check } from "~/features/monitoring/check";
import { monthOf } from "~/features/monitoring/month";
import { newestOf } from "~/features/monitoring/run-checks/measurements.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Metric } from "~/ports/metrics/to-prometheus.server";

type Deps = { db: Db; clock: Clock };
type Samples = Metric["samples"];

/**
 * What the database knows, whichever process reads it: the numbers that pages show, by the functions that they ask. Nothing
 * large is counted: sums are of tallies, and what takes longer is told as its check last measured it.
 * @param checks those of the registry
 */
export async function readMetrics(deps: Deps, checks: readonly Check[]): Promise<Metric[]> {
  const { db, clock } = deps;
  const [jobs, model, alerts, seenAt, measured] = await Promise.all([
    readJobMetrics(deps),
    readModelMetrics(deps),
    db.alert.groupBy({ by: ["severity"], where: { closedAt: null }, _count: { _all: true } }),
    readLastSeen(db),
    readChecks(db, checks),
  ]);
  const silence = seenAt && Math.max((clock.now().getTime() - seenAt.getTime()) / 1_000, 0);
  return [
    ...jobs,
    ...model,
    gauge(
      "diffs_ops_open_alerts",
      "Open alerts, by severity.",
      ["error", "warning"].map((severity) => ({
        labels: { severity },
        value: alerts.find((group) => group.severity === severity)?._count._all ?? 0,
      })),
    ),
    gauge(
      "diffs_ops_worker_silent_seconds",
      "How long ago a worker last said that it lives; missing: none ever did.",
      silence === null ? [] : [{ value: silence }],
    ),
    ...measured,
  ];
}

async function readJobMetrics(deps: Deps): Promise<Metric[]> {
  const { db } = deps;
  const [items, work, statuses] = await Promise.all([
    countItems(db),
    readWorkInProgress(deps),
    db.jobRun.groupBy({ by: ["status"], _count: { _all: true }, orderBy: { status: "asc" } }),
  ]);
  return [
    {
      name: "diffs_ops_items_total",
      type: "counter",
      help: "Items of job runs that ended, by kind of work and outcome.",
      samples: items.flatMap(({ kind, succeeded, failed, skipped }) => [
        { labels: { kind, outcome: "succeeded" }, value: succeeded },
        { labels: { kind, outcome: "failed" }, value: failed },
        { labels: { kind, outcome: "skipped" }, value: skipped },
      ]),
    },
    gauge("diffs_ops_queue_items", "Open items of the runs under way.", [{ value: work.planned - work.done }]),
    gauge("diffs_ops_queue_runs", "Runs that are being planned or carried out, or wait for a worker.", [
      { value: work.runs },
    ]),
    gauge("diffs_ops_queue_waiting_runs", "Of them those that do nothing for now.", [{ value: work.waiting }]),
    gauge("diffs_ops_runs_paused_themselves", "Runs that wait for someone to resume or cancel them.", [
      { value: work.paused },
    ]),
    gauge(
      "diffs_ops_job_runs",
      "Job runs by status.",
      statuses.map(({ status, _count }) => ({ labels: { status }, value: _count._all })),
    ),
  ];
}

async function readModelMetrics(deps: Deps): Promise<Metric[]> {
  const { db, clock } = deps;
  const [tallies, ever, month] = await Promise.all([
    db.callTally.groupBy({
      by: ["outcome"],
      _sum: { made: true, promptTokens: true, imageTokens: true, outputTokens: true },
      orderBy: { outcome: "asc" },
    }),
    sumSpend(deps, { since: new Date(0) }),
    sumSpend(deps, { since: monthOf(clock.now()).from }),
  ]);
  const calls = tallies.map(({ outcome, _sum }) => ({ labels: { outcome }, value: _sum.made ?? 0 }));
  const tokens = (of: "promptTokens" | "imageTokens" | "outputTokens") =>
    tallies.reduce((sum, { _sum }) => sum + Number(_sum[of] ?? 0), 0);
  return [
    {
      name: "diffs_ops_model_calls_total",
      type: "counter",
      help: "Model calls that ended, by outcome; answers taken over from another run are none.",
      samples: calls.filter(({ labels }) => labels.outcome !== "reserved"),
    },
    gauge("diffs_ops_model_calls_open", "Model calls that have not been told to have ended.", [
      { value: calls.find(({ labels }) => labels.outcome === "reserved")?.value ?? 0 },
    ]),
    {
      name: "diffs_ops_model_tokens_total",
      type: "counter",
      help: "Tokens of model calls: text and image of the input, and output.",
      samples: [
        { labels: { type: "text" }, value: tokens("promptTokens") },
        { labels: { type: "image" }, value: tokens("imageTokens") },
        { labels: { type: "output" }, value: tokens("outputTokens") },
      ],
    },
    {
      name: "diffs_ops_model_dollars_total",
      type: "counter",
      help: "What model calls cost, in US dollars.",
      samples: [{ value: ever.spentUsd }],
    },
    gauge("diffs_ops_model_reserved_dollars", "Reserved for calls whose cost is not known.", [
      { value: ever.reservedUsd },
    ]),
    gauge("diffs_ops_model_month_dollars", "What model calls cost since the first of this month (UTC).", [
      { value: month.spentUsd },
    ]),
  ];
}

/** Each check as it was last measured: its number, and whether it is well. */
async function readChecks(db: Db, checks: readonly Check[]): Promise<Metric[]> {
  const values: Samples = [];
  const levels: Samples = [];
  for (const { name, unit } of checks) {
    const last = await db.check.findFirst({ ...newestOf(name), select: { value: true, level: true } });
    if (last?.value != null) values.push({ labels: { check: name, unit }, value: last.value });
    if (last) levels.push({ labels: { check: name, level: last.level }, value: 1 });
  }
  return [
    gauge("diffs_ops_check_value", "The number of each check as it was last measured, in its unit.", values),
    gauge("diffs_ops_check_level", "1 for the level that each check last came to: ok, warn, bad or unknown.", levels),
  ];
}

const gauge = (name: string, help: string, samples: Samples): Metric => ({ name, help, type: "gauge", samples });
