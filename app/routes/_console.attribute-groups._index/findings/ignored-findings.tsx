import { useCanAct } from "~/components/groups/action-scope";
import { Severity } from "~/components/groups/severity";
import { Time } from "~/components/time";
import { CountTitle } from "~/components/ui/count-title";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { More } from "~/components/ui/more";
import { type Finding, findingTypes } from "~/features/attribute-groups/findings/finding-types";

type IgnoredFindingsProps = { findings: Finding[]; total: number; openFinding: number | null };

/** What someone set aside, with who, when and why. */
export function IgnoredFindings({ findings, total, openFinding }: IgnoredFindingsProps) {
  const canAct = useCanAct();
  return (
    <details open={findings.some(({ id }) => id === openFinding)} className="border-t border-line">
      <summary className="px-4 py-3 text-sm font-medium -outline-offset-2">
        <CountTitle total={total}>Ignored</CountTitle>
      </summary>
      <ul className="divide-y divide-line border-t border-line">
        {findings.map((finding) => (
          <li key={finding.id} id={`finding-${finding.id}`} className="flex scroll-mt-16 flex-col gap-1.5 px-4 py-3">
            <Severity severity={finding.severity} text={findingTypes[finding.type].title} />
            <p className="text-sm [overflow-wrap:anywhere]">{finding.sentence}</p>
            {finding.ignored && (
              <p className="text-sm text-muted [overflow-wrap:anywhere]">
                {finding.ignored.byName}, <Time at={finding.ignored.at} />: {finding.ignored.reason}
              </p>
            )}
            {canAct && (
              <IntentButton intent="stop-ignoring" fields={{ findingId: finding.id }} about={finding.sentence}>
                Stop ignoring
              </IntentButton>
            )}
          </li>
        ))}
        <More total={total} shown={findings.length} className="px-4 py-3 text-sm" />
      </ul>
    </details>
  );
}
