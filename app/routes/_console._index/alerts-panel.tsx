import { Link } from "@remix-run/react";
import { count } from "~/components/format";
import { ActionButton } from "~/components/groups/action-button";
import { Severity } from "~/components/groups/finding-list";
import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import type { AlertView } from "~/features/alerts/alert";

type AlertsPanelProps = { alerts: AlertView[]; total: number; newestId: number | null };

/** What someone must see, before anything else; nothing when there is nothing. */
export function AlertsPanel({ alerts, total, newestId }: AlertsPanelProps) {
  const canAct = useHasRole("operator");
  if (total === 0) return null;
  return (
    <Panel
      title={
        <>
          Alerts <span className="font-normal text-muted tabular-nums">{count(total)}</span>
        </>
      }
      aside={
        canAct &&
        newestId !== null &&
        total > alerts.length && (
          <ActionButton intent="acknowledge-all" fields={{ upToId: newestId }}>
            Acknowledge all {count(total)}
          </ActionButton>
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
                  <Link
                    to={alert.link}
                    className="link inline-flex items-center [overflow-wrap:anywhere] text-ink max-sm:min-h-11"
                  >
                    {alert.sentence}
                  </Link>
                )}
              </p>
              <p className="text-muted">
                {alert.root}, raised <Time at={alert.openedAt} />
              </p>
            </div>
            {canAct && (
              <ActionButton intent="acknowledge" fields={{ alertId: alert.id }} about={alert.sentence}>
                Acknowledge
              </ActionButton>
            )}
          </li>
        ))}
        {total > alerts.length && (
          <li className="px-4 py-2.5 text-sm text-muted tabular-nums">
            and {count(total - alerts.length)} more; they follow once these are acknowledged
          </li>
        )}
      </ul>
    </Panel>
  );
}
