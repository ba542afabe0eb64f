import { exactTime } from "~/features/format";
import { figure } from "~/features/monitoring/figure";
import type { CheckView } from "~/features/monitoring/views/check-view";
import type { Monitoring } from "~/features/monitoring/views/read-monitoring.server";

/** The checks as one document. */
export function checksToJson({ checks, asOf, lastAt, isStale }: Monitoring, { hasPoints }: { hasPoints: boolean }) {
  return {
    checks: checks.map(({ name, title, unit, last, points, alerts }) => ({
      ...{ name, title, unit, ...notMeasured, ...last },
      alerts: alerts.map(({ sentence }) => sentence),
      ...(hasPoints && { points }),
    })),
    ...{ lastAt, isStale, asOf },
  };
}

const notMeasured = { at: null, verdict: null, level: null, value: null, sentence: null, since: null };

/** The checks for people: a line each, and below it what is so where all is not well. */
export function checksToText({ checks, lastAt, isStale }: Monitoring): string {
  if (lastAt === null) return "Nothing has been measured yet: a worker runs the checks every half hour.";
  const stale = isStale ? ["The checks have not run for over an hour: is a worker running?"] : [];
  const width = Math.max(...checks.map(({ title }) => title.length));
  return [`As of ${exactTime(lastAt)}`, ...stale, "", ...checks.flatMap((check) => toLines(check, width))].join("\n");
}

function toLines({ title, unit, last }: CheckView, width: number): string[] {
  const name = title.padEnd(width);
  if (last === null) return [`${name}  not measured yet`];
  const { verdict, value, since, level, sentence } = last;
  const number = value === null ? "" : `  ${figure(value, unit)}`;
  const line = `${name}  ${verdict}${number}  since ${exactTime(since)}`;
  return level === "ok" ? [line] : [line, `  ${sentence}`];
}
