import { attributeWords } from "~/features/attribute-words";
import { count, dollars, duration, percent, plural, rate } from "~/features/format";
import { selectionInWords } from "~/features/images/query/image-words";
import { isFinished, statusInSentence } from "~/features/job-runs/status";
import { standstillWords } from "~/features/job-runs/views/standstill";
import type { Json } from "~/features/json-column";
import type { OutcomeStep } from "~/features/labeling/progress/read-calls.sql.server";
import type { Coverage } from "~/features/labeling/progress/read-coverage.sql.server";
import type { Labeling } from "~/features/labeling/views/read-labeling.server";

type Run = Labeling["runs"][number];

const outcomes = ["labeled", "refused", "unusable", "failed", "heldUp"] as const satisfies (keyof OutcomeStep)[];
const outcomeWords = {
  labeled: "labeled",
  refused: "refused",
  unusable: "unusable",
  failed: "failed",
  heldUp: "held up",
};

const callsOf = ({ progress: { steps } }: Run) =>
  outcomes.map((outcome) => [outcome, steps.reduce((sum, step) => sum + step[outcome], 0)] as const);

const promptOf = ({ prompt, scope }: Run) => (prompt ? `${prompt.name} v${prompt.version}` : scope.prompt);

/** What --json prints. */
export function progressToJson({ runs, coverage, asOf }: Labeling): Record<string, Json> {
  return {
    asOf: asOf.toISOString(),
    runs: runs.map((view) => {
      const { run, totals, budgetUsd, progress, scope } = view;
      return {
        runId: run.id,
        status: run.status,
        images: selectionInWords(scope.selection),
        prompt: promptOf(view),
        planned: run.planned,
        done: run.done,
        succeeded: run.succeeded,
        failed: run.failed,
        skipped: run.skipped,
        ratePerSecond: run.ratePerSecond,
        etaSeconds: run.etaSeconds,
        spentUsd: totals.spentUsd,
        reservedUsd: totals.reservedUsd,
        quoteUsd: totals.quoteUsd,
        budgetUsd,
        tokens: { text: totals.textTokens, image: totals.imageTokens, output: totals.outputTokens },
        calls: Object.fromEntries(callsOf(view)),
        coverage: progress.coverage,
        ...(run.pauseReason !== null && { pauseReason: run.pauseReason }),
      };
    }),
    coverage,
  };
}

/** What it prints for people. */
export function progressToText({ runs, coverage }: Labeling): string {
  return [
    ...(runs.length === 0 ? ["No label run yet."] : runs.flatMap(runLines)),
    "All images",
    ...coverage.map(coverageLine),
  ].join("\n");
}

function runLines(view: Run): string[] {
  const { run, totals, budgetUsd, scope, progress } = view;
  const pace = [
    `${count(run.done)} of ${count(run.planned)}`,
    percent(run.done, run.planned),
    ...(run.ratePerSecond === null ? [] : [rate(run.ratePerSecond)]),
    ...(run.etaSeconds === null ? [] : [`${duration(run.etaSeconds)} left`]),
    ...(isFinished(run.status) && run.seconds !== null ? [`took ${duration(run.seconds)}`] : []),
  ];
  const spent = `${dollars(totals.spentUsd)}${budgetUsd === null ? " spent, no budget" : ` of ${dollars(budgetUsd)} spent`}`;
  const why = run.pauseReason ?? standstillWords(run);
  return [
    `Label run ${run.id}: ${selectionInWords(scope.selection)}, ${promptOf(view)}, ${statusInSentence(run.status)}`,
    `  ${pace.join(" · ")}`,
    ...(why === null ? [] : [`  ${why}`]),
    `  ${spent} · ${plural(totals.calls, "call")} · tokens: ${count(totals.textTokens)} text, ${count(totals.imageTokens)} image, ${count(totals.outputTokens)} output`,
    `  ${callsOf(view)
      .map(([outcome, calls]) => `${count(calls)} ${outcomeWords[outcome]}`)
      .join(" · ")}`,
    ...progress.coverage.map(coverageLine),
  ];
}

function coverageLine({ attribute, labeled, stale, eligible }: Coverage): string {
  const outdated = stale > 0 ? `, ${count(stale)} stale` : "";
  return `  ${attributeWords(attribute)}: ${count(labeled)} of ${count(eligible)} labeled (${percent(labeled, eligible)})${outdated}`;
}
