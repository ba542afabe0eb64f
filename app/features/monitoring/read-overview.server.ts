import { listAlerts } from "~/features/alerts/list-alerts.server";
import { summarizeFindings } from "~/features/attribute-groups/findings/summarize-findings.sql.server";
import { clockAlerts } from "~/features/clock-watch/clock-alerts";
import { unreadableImages } from "~/features/images/unreadable.server";
import { alertKinds, type Jobs } from "~/features/job-runs/kinds/job";
import { listRuns } from "~/features/job-runs/views/list-runs.server";
import { listPausedThemselves, readWorkInProgress } from "~/features/job-runs/views/read-work-in-progress.server";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { readOwnFileCheck } from "~/features/labels/travel/check/own-file-check.server";
import { restoreAlerts } from "~/features/restore/restore-alert";
import { findStore } from "~/features/storage/read-abilities.server";
import { countMissingThumbnails } from "~/features/thumbnails/missing-thumbnails.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma } from "~/ports/db.server";
import type { Storage } from "~/ports/storage.server";

type Deps = { db: Db; clock: Clock; storage: Pick<Storage, "bucket" | "endpoint"> };

/** How many alerts, findings and runs the overview lists; their pages have the rest. */
const LISTED = 5;

/**
 * Everything that the overview prints, read at `asOf`.
 * @param jobs every kind: alerts lead to the pages that theirs names
 */
export async function readOverview({ db, clock, storage }: Deps, jobs: Jobs) {
  const now = clock.now();
  const present = presentImages(db);
  const [
    alerts,
    images,
    unreadable,
    archived,
    missingThumbnails,
    proposed,
    findings,
    lastRuns,
    work,
    pausedRuns,
    spend,
    finished,
    store,
    labelFile,
  ] = await Promise.all([
    listAlerts({ db }, [...alertKinds(jobs), ...clockAlerts, ...restoreAlerts], { limit: LISTED }),
    db.image.count({ where: present }),
    db.image.count({ where: { ...present, ...unreadableImages(db) } }),
    db.image.count({ where: { ...present, archivedAs: { not: null } } }),
    countMissingThumbnails(db),
    db.image.count({ where: { ...present, proposals: { some: {} } } }),
    summarizeFindings({ db }, { limit: LISTED }),
    listRuns({ db, clock }, { pageSize: LISTED }),
    readWorkInProgress({ db, clock }),
    listPausedThemselves({ db }, { limit: LISTED }),
    sumSpend({ db, clock }, { since: startOfMonth(now) }),
    db.jobRun.groupBy({ by: ["kind"], where: { status: "succeeded" }, _max: { id: true } }),
    findStore({ db, storage }),
    readOwnFileCheck(db),
  ]);
  return {
    /** Open alerts: the first of them, and how many there are. */
    alerts,
    images,
    /** Images whose bytes could not be read; the run that tried says why. */
    unreadable,
    /** Images that cannot be read before someone restores them in the store. */
    archived,
    missingThumbnails,
    /** Images for which some run put forward a label. */
    proposed,
    findings,
    work,
    /** Runs that paused themselves, each with its reason; `work.paused` counts them all. */
    pausedRuns,
    /** Dollars of model calls since the first of this month (UTC). */
    spentUsd: spend.spentUsd,
    reservedUsd: spend.reservedUsd,
    /** Kinds of work that went to their end at least once, with the last such run. */
    finishedKinds: finished.map(({ kind, _max }) => ({ kind, lastRunId: _max.id ?? 0 })),
    lastRuns: lastRuns.runs,
    runs: lastRuns.total,
    /** What is known of the store, as of its last probe. */
    store,
    /** How labels/personas.json and the labels here differ, as a worker last found. */
    labelFile,
    asOf: now,
  };
}

/** What is in the bucket and, as far as it was read, an image. */
function presentImages(db: Db): Prisma.ImageWhereInput {
  return { goneAt: null, NOT: { AND: [unreadableImages(db), { unreadableClass: "not-an-image" }] } };
}

const startOfMonth = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
