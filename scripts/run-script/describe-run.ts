import { count, plural } from "~/features/format";
import { planLines } from "~/features/job-runs/kinds/plan-lines";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { isFinished, statusInSentence } from "~/features/job-runs/status";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import { standstillWords } from "~/features/job-runs/views/standstill";
import type { Json } from "~/features/json-column";
import { visible } from "~/quote";

/** What --json prints of every run. */
export const runToJson = (run: RunDetails): Record<string, Json> => ({
  runId: run.id,
  kind: run.kind,
  status: run.status,
  planned: run.planned,
  succeeded: run.succeeded,
  failed: run.failed,
  skipped: run.skipped,
  seconds: Math.round((run.seconds ?? 0) * 100) / 100,
  ...(run.summary?.warnings && { warnings: run.summary.warnings }),
  ...(run.summary?.needsConsent !== undefined && { risk: run.summary.needsConsent }),
  ...(run.error === null ? {} : { error: run.error }),
  ...(run.pauseReason === null ? {} : { pauseReason: run.pauseReason }),
  ...(run.parked === null
    ? {}
    : { parked: run.parked.count, nextLookAt: run.parked.nextLookAt?.toISOString() ?? null }),
});

/** What a script prints at its end. Names come from outside: none may move the cursor of a terminal or begin a line of its own. */
export const runToText = (run: RunDetails, how: { apply: boolean; isScan: boolean }): string =>
  linesOf(run, how).map(visible).join("\n");

function linesOf(run: RunDetails, { apply, isScan }: { apply: boolean; isScan: boolean }): string[] {
  const lines = [`Run ${run.id}: ${run.title}, ${statusInSentence(run.status)}`, ...planText(run.summary ?? {})];
  if (run.status === "planned") {
    const add = run.summary?.needsConsent === undefined ? "--apply" : "--apply --accept-risk";
    const next = apply ? `run ${run.id} can be applied in the console` : `add ${add} to carry it out`;
    lines.push(`${plural(run.planned, "item")} planned. Nothing has changed; ${next}.`);
    return lines;
  }
  lines.push(
    `  ${count(run.succeeded)} succeeded, ${count(run.failed)} failed, ${count(run.skipped)} skipped of ${count(run.planned)}`,
  );
  for (const { errorClass, count: failed, sample } of run.failures) {
    lines.push(`  ${errorClass} (${count(failed)}): ${sample}`);
  }
  if (run.error) lines.push(`  ${run.error}`);
  if (run.status === "paused") {
    lines.push(run.pauseReason === null ? "Someone paused it." : `Paused: ${run.pauseReason}`);
    lines.push(`Run ${run.id} goes on once it is resumed in the console.`);
  } else if (!isFinished(run.status)) {
    const now = run.parked ? parkedText(run) : "Interrupted.";
    lines.push(`${now} Run ${run.id} goes on where it stopped when a worker runs (npm run worker).`);
  }
  if (isScan && run.failed) lines.push("What failed was left as it was before.");
  return lines;
}

/** “12 items wait: The model's batch is not done yet. Next look at 2026-11-29T10:00:00.000Z.” */
function parkedText(run: RunDetails): string {
  const words = standstillWords(run) ?? "Interrupted";
  const next = run.parked?.nextLookAt ? ` Next look at ${run.parked.nextLookAt.toISOString()}.` : "";
  return `${words}${/[.!?]$/.test(words) ? "" : "."}${next}`;
}

/** What the plan says of itself, as its page has it, then what stands in its way and what it risks. */
function planText(summary: PlanSummary): string[] {
  const { conflicts, warnings = [], needsConsent } = summary;
  return [
    ...planLines(summary).map(({ label, value }) => `  ${label}: ${value}`),
    ...(conflicts ? [`  Conflicts, which will be skipped: ${count(conflicts.count)}`] : []),
    ...(conflicts?.sample ?? []).map((sentence) => `    ${sentence}`),
    ...warnings.map((sentence) => `  ${sentence}`),
    ...(needsConsent === undefined ? [] : [`  Risk: ${needsConsent}`]),
  ];
}
