import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";

/** What a plan would lose, and the risk that must be accepted before it is applied. */
export function PlanWarnings({ summary }: { summary: PlanSummary | null }) {
  const { warnings = [], needsConsent } = summary ?? {};
  if (warnings.length === 0 && needsConsent === undefined) return null;
  return (
    <Panel
      title="Before you apply"
      aside={needsConsent !== undefined && <Status tone="warn">Needs your consent</Status>}
    >
      <div className="flex flex-col gap-2 text-sm [overflow-wrap:anywhere]">
        {needsConsent !== undefined && <p id="plan-risk">{needsConsent}</p>}
        {warnings.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </Panel>
  );
}
