import { Time } from "~/components/time";
import { Facts } from "~/components/ui/facts";
import { Picture } from "~/components/ui/picture";
import { count } from "~/features/format";
import { planLines } from "~/features/job-runs/kinds/plan-lines";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";

type Planned = {
  planned: number;
  summary: PlanSummary | null;
  plannedAt: Date | null;
  appliedAt: Date | null;
  finishedAt: Date | null;
};

/** What the plan says of itself, each number once, and some of its images. */
export function PlanFacts({ run }: { run: Planned }) {
  const { summary } = run;
  if (!summary) {
    return (
      <p className="text-sm text-muted">
        {run.finishedAt ? "The run ended before its plan was made." : "The plan is being made. It changes nothing."}
      </p>
    );
  }
  const { images, samples = [] } = summary;
  return (
    <>
      <Facts
        facts={[
          ...(images === undefined ? [{ label: "Items", value: count(run.planned) }] : []),
          ...planLines(summary),
          ...(run.plannedAt ? [{ label: "Planned", value: <Time at={run.plannedAt} /> }] : []),
          ...(run.appliedAt ? [{ label: "Applied", value: <Time at={run.appliedAt} /> }] : []),
        ]}
      />
      {samples.length > 0 && (
        <ul aria-label="Some of its images" className="mt-3 flex flex-wrap gap-1.5">
          {samples.map((id) => (
            <li key={id}>
              <Picture imageId={id} alt={`Image ${id}`} notFound="No thumbnail" className="aspect-[3/4] w-12" />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
