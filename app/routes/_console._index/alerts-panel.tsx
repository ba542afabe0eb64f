import { Severity } from "~/components/groups/severity";
import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { CountTitle } from "~/components/ui/count-title";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { More } from "~/components/ui/more";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import type { AlertView } from "~/features/alerts/alert";
import { count } from "~/features/format";

type AlertsPanelProps = { alerts: AlertView[]; total: number; newestId: number | null };

/** What someone must see, before anything else; nothing when there is nothing. */
export function AlertsPanel({ alerts, total, newestId }: AlertsPanelProps) {
  const canAct = useHasRole("operator");
  if (total === 0) return null;
  return (
    <Panel
      title={<CountTitle total={total}>Alerts</CountTitle>}
      aside={
        canAct &&
        newestId !== null &&
        total > alerts.length && (
          <IntentButton intent="acknowledge-all" fields={{ upToId: newestId }}>
            Acknowledge all {count(total)}
          </IntentButton>
        )
      }
      isPadded={false}
      className="border-bad!"
    >
      <ul className="divide-y divide-line">
        {alerts.map((alert) => (
          <li key={alert.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
            <span className="w-20 shrink-0 self-start max-sm:w-full">
              <Severity severity={alert.severity} />
            </span>
            <div className="min-w-0 grow basis-60 text-sm">
              <p>
                {alert.link === null ? (
                  <span className="[overflow-wrap:anywhere]">{alert.sentence}</span>
                ) : (
                  <TextLink to={alert.link} className="[overflow-wrap:anywhere] text-ink">
                    {alert.sentence}
                  </TextLink>
                )}
              </p>
              <p className="text-muted">
                {alert.root}, raised <Time at={alert.openedAt} />
              </p>
            </div>
            {canAct && (
              <IntentButton intent="acknowledge" fields={{ alertId: alert.id }} about={alert.sentence}>
                Acknowledge
              </IntentButton>
            )}
          </li>
        ))}
        <More total={total} shown={alerts.length} className="px-4 py-2.5 text-sm">
          ; they appear once these are acknowledged
        </More>
      </ul>
    </Panel>
  );
}
