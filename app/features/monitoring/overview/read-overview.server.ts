import { listAlerts } from "~/features/alerts/list-alerts.server";
import { listWorstFindings } from "~/features/attribute-groups/findings/worst-findings.server";
import { everyAlertKind } from "~/features/every-alert-kind";
import { readFirstRun } from "~/features/first-run/read-first-run.server";
import type { Jobs } from "~/features/job-runs/kinds/job";
import { isInHand } from "~/features/job-runs/views/is-in-hand.server";
import { listRuns } from "~/features/job-runs/views/list-runs.server";
import { listPausedThemselves, readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { readOwnFileCheck } from "~/features/labels/travel/check/own-file-check.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import { findStore } from "~/features/storage/read-abilities.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";
import { readMeasured } from "./read-measured.server";
import { tilesOf } from "./tiles";

type Deps = { db: Db; clock: Clock; storage: Pick<Storage, "bucket" | "endpoint"> };

/** How many alerts, findings and runs the overview lists; their pages have the rest. */
const LISTED = 5;

/**
 * Everything that the overview prints, read at `asOf`. What would have to be counted, checks have measured: only lists of a
 * few, and the runs that are under way, are read as they are now.
 * @param jobs every kind: alerts lead to the pages that theirs names
 */
export async function readOverview({ db, clock, storage }: Deps, jobs: Jobs) {
  const asOf = clock.now();
  const [alerts, findings, lastRuns, work, pausedRuns, store, snapshot, labelFile, measured, isMeasuring, lastWork] =
    await Promise.all([
      listAlerts({ db }, everyAlertKind(jobs), { limit: LISTED }),
      listWorstFindings({ db }, { limit: LISTED }),
      listRuns({ db, clock }, { pageSize: LISTED }),
      readWorkInProgress({ db, clock }),
      listPausedThemselves({ db }, { limit: LISTED }),
      findStore({ db, storage }),
      db.groupSnapshot.findFirst({ select: { id: true } }),
      readOwnFileCheck(db),
      readMeasured({ db, clock }),
      isInHand(db, runChecks.kind),
      db.jobRun.aggregate({ where: { kind: { not: runChecks.kind } }, _max: { finishedAt: true } }),
    ]);
  const { checks, ...panels } = measured;
  const tiles = tilesOf(checks, work);
  const times = tiles.flatMap(({ at }) => (at ? [at.getTime()] : []));
  const measuredAt = times.length > 0 ? new Date(Math.min(...times)) : null;
  return {
    /** Open alerts: the first of them, and how many there are. */
    alerts,
    tiles,
    /** When the oldest of the tiles was measured; null: none was. */
    measuredAt,
    /** Work has ended since, so that lists may show other numbers. */
    isOutdated: measuredAt !== null && (lastWork._max.finishedAt ?? measuredAt) > measuredAt,
    isMeasuring,
    ...panels,
    /** The worst of the open findings. */
    findings,
    work,
    /** Runs that paused themselves, each with its reason; `work.paused` counts them all. */
    pausedRuns,
    /** The way from an empty database to the first audit and thumbnails; null once it is gone. */
    firstRun: await readFirstRun({ db, clock }, store),
    /** Some root was audited at least once. */
    isAudited: snapshot !== null,
    lastRuns: lastRuns.runs,
    runs: lastRuns.total,
    /** What is known of the store, as of its last probe. */
    store,
    /** How labels/personas.json and the labels here differ, as a worker last found. */
    labelFile,
    asOf,
  };
}
