import { StackedSteps } from "~/components/charts/stacked-steps";
import type { ThroughputBucket } from "~/features/job-runs/views/throughput.sql.server";

const outcomes = [
  { name: "succeeded", label: "succeeded", fill: "var(--accent)", swatch: "bg-accent" },
  { name: "failed", label: "failed", fill: "var(--bad)", swatch: "bg-bad" },
  { name: "skipped", label: "skipped", fill: "var(--control)", swatch: "bg-control" },
] as const;

/** How much the run did over time, by outcome. */
export const Throughput = ({ steps }: { steps: ThroughputBucket[] }) => (
  <StackedSteps
    title="Items over time"
    what="Items finished"
    note="Counts appear a block at a time."
    steps={steps}
    series={outcomes}
  />
);
