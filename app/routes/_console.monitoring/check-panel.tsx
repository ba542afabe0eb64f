import { CheckChart } from "~/components/checks/check-chart";
import { toneOf } from "~/components/checks/levels";
import { Time } from "~/components/time";
import { cx } from "~/components/ui/cx";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { capitalized } from "~/features/format";
import { figure } from "~/features/monitoring/figure";
import type { CheckView } from "~/features/monitoring/views/check-view";

type CheckPanelProps = { check: CheckView; from: Date; asOf: Date };

/** One check: its verdict, its number and since when, what is so, its chart, and the rule that it goes by. */
export function CheckPanel({ check, from, asOf }: CheckPanelProps) {
  const { name, title, unit, rule, link, last, points, alerts } = check;
  const isBad = last?.level === "bad";
  return (
    <Panel
      title={<span id={name}>{title}</span>}
      aside={
        last ? (
          <Status tone={toneOf[last.level]}>{capitalized(last.verdict)}</Status>
        ) : (
          <Status tone="idle">Not measured yet</Status>
        )
      }
      className={cx(isBad && "border-bad!")}
    >
      <div className="space-y-3 text-sm">
        {last && (
          <>
            <p className="flex flex-wrap items-baseline gap-x-3 text-muted">
              {last.value !== null && <span className="text-lg text-ink tabular-nums">{figure(last.value, unit)}</span>}
              <span>
                {last.verdict} since <Time at={last.since} />
              </span>
              <span>
                as of <Time at={last.at} />
              </span>
            </p>
            <p className="[overflow-wrap:anywhere]">{last.sentence}</p>
          </>
        )}
        {alerts.length > 0 && (
          <p className="text-muted">
            {alerts.length === 1 ? "Its alert is open" : `${alerts.length} alerts of it are open`} on the{" "}
            <TextLink to="/">overview</TextLink>.
          </p>
        )}
        {points.some(({ value }) => value !== null) && <CheckChart check={check} from={from} to={asOf} />}
        <p className="text-xs text-muted">{rule}</p>
        {!link.startsWith("/monitoring") && <TextLink to={link}>{linkWords(title)}</TextLink>}
      </div>
    </Panel>
  );
}

const linkWords = (title: string) => (
  <>
    See what is counted<span className="sr-only"> of {title}</span>
  </>
);
