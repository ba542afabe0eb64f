import { bytes, count, dollars } from "~/components/format";
import { Time } from "~/components/time";
import { type Fact, Facts } from "~/components/ui/facts";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";

type Planned = {
  planned: number;
  summary: PlanSummary | null;
  plannedAt: Date | null;
  appliedAt: Date | null;
  finishedAt: Date | null;
};

/** What the plan says of itself: counts, bytes, S3 calls, dollars, and what its kind adds, each number once. */
export function PlanFacts({ run }: { run: Planned }) {
  const { summary } = run;
  if (!summary) {
    return (
      <p className="text-sm text-muted">
        {run.finishedAt ? "The run ended before its plan was made." : "The plan is being made. It changes nothing."}
      </p>
    );
  }
  const own = summary.facts ?? [];
  const facts: Fact[] = [];
  if (!own.some(({ label }) => label === "Images")) facts.push({ label: "Items", value: count(run.planned) });
  facts.push(...own);
  if (summary.bytes !== undefined) facts.push({ label: "Bytes", value: bytes(summary.bytes) });
  if (summary.s3Calls !== undefined) facts.push({ label: "S3 calls", value: count(summary.s3Calls) });
  if (summary.usd !== undefined && !own.some(({ label }) => label === "Quote"))
    facts.push({ label: "Cost", value: dollars(summary.usd) });
  if (run.plannedAt) facts.push({ label: "Planned", value: <Time at={run.plannedAt} /> });
  if (run.appliedAt) facts.push({ label: "Applied", value: <Time at={run.appliedAt} /> });
  return <Facts facts={facts} />;
}
