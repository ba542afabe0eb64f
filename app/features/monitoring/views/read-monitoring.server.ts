import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import type { Check } from "~/features/monitoring/check";
import { alertIds, newestOf } from "~/features/monitoring/run-checks/measurements.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { CheckAlert, CheckView, Measured, Point } from "./check-view";
import { level, readPoints } from "./read-points.sql.server";

type Deps = { db: Db; clock: Clock };

const DAY_MS = 24 * 60 * 60_000;
/** Checks run each half hour: what is older than two of them and some minutes was not measured when it should have been. */
const STALE_AFTER_MS = 65 * 60_000;

/** Everything that the page of checks shows, as of `asOf`. */
export type Monitoring = {
  checks: CheckView[];
  /** The span of the charts. */
  from: Date;
  asOf: Date;
  /** When anything was last measured; null: never. */
  lastAt: Date | null;
  /** Nothing was measured for over an hour, although it was before. */
  isStale: boolean;
  /** A run of them is under way. */
  isRunning: boolean;
};

/**
 * Every check with its newest measurement, its open alerts, and what it measured over the last days.
 * @param checks those of the registry
 */
export async function readMonitoring(
  { db, clock }: Deps,
  checks: readonly Check[],
  { days }: { days: number },
): Promise<Monitoring> {
  const asOf = clock.now();
  const from = new Date(asOf.getTime() - days * DAY_MS);
  const [points, isRunning] = await Promise.all([
    readPoints(db, { names: checks.map(({ name }) => name), from, to: asOf }),
    isInHand(db, runChecks.kind),
  ]);
  const views: CheckView[] = [];
  for (const check of checks) views.push(await readCheck(db, check, points.get(check.name) ?? []));
  const times = views.flatMap(({ last }) => (last ? [last.at.getTime()] : []));
  const lastAt = times.length > 0 ? new Date(Math.max(...times)) : null;
  const isStale = lastAt !== null && asOf.getTime() - lastAt.getTime() > STALE_AFTER_MS;
  return { checks: views, from, asOf, lastAt, isStale, isRunning };
}

async function readCheck(db: Db, check: Check, points: Point[]): Promise<CheckView> {
  const { name, title, unit, measures, rule, link } = check;
  const row = await db.check.findFirst(newestOf(name));
  const last = row && {
    ...{ at: row.at, verdict: row.verdict, value: row.value, sentence: row.sentence },
    level: level.parse(row.level),
    since: await readSince(db, row),
  };
  return { name, title, unit, measures, rule, link, last, points, alerts: row ? await readAlerts(db, row.alerts) : [] };
}

/** When the first of the measurements in a row was that came to the verdict of this one. */
async function readSince(
  db: Db,
  { name, verdict, at }: Pick<Measured, "verdict" | "at"> & { name: string },
): Promise<Date> {
  const other = await db.check.findFirst({
    ...newestOf(name),
    where: { name, verdict: { not: verdict } },
    select: { id: true },
  });
  const first = await db.check.findFirst({
    where: { name, id: { gt: other?.id ?? 0 } },
    orderBy: { id: "asc" },
    select: { at: true },
  });
  return first?.at ?? at;
}

async function readAlerts(db: Db, alerts: string): Promise<CheckAlert[]> {
  const ids = Object.values(alertIds.parse(alerts));
  if (ids.length === 0) return [];
  return db.alert.findMany({
    where: { id: { in: ids }, closedAt: null },
    orderBy: { id: "asc" },
    select: { id: true, sentence: true },
  });
}
