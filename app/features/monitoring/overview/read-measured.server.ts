import { coverage } from "~/features/monitoring/checks/coverage.server";
import { groupAudit } from "~/features/monitoring/checks/group-audit.server";
import { images } from "~/features/monitoring/checks/images.server";
import { labelingProgress } from "~/features/monitoring/checks/labeling-progress.server";
import { owners } from "~/features/monitoring/checks/owners.server";
import { spend } from "~/features/monitoring/checks/spend.server";
import { thumbnails } from "~/features/monitoring/checks/thumbnails.server";
import type { CheckView } from "~/features/monitoring/views/check-view";
import { readPoints } from "~/features/monitoring/views/read-points.sql.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { holdingsOf, type OwnersView } from "./owners-view";
import { type Newest, readNewest } from "./read-newest.server";
import type { Measured } from "./tiles";

const DAY_MS = 24 * 60 * 60_000;
/** The span of the labeling rate, as the page Monitoring shows it, too. */
const RATE_DAYS = 7;

/** How labeling went over the last days. */
export type LabelingView = {
  last: Omit<Newest<unknown>, "reading">;
  chart: Pick<CheckView, "name" | "title" | "unit" | "measures" | "points">;
  from: Date;
  days: number;
  /** Images with a proposal, of those that there are; null: not measured yet. */
  proposed: { images: number; of: number } | null;
};

/** What the checks last found of what the overview shows. */
export async function readMeasured({ db, clock }: { db: Db; clock: Clock }): Promise<{
  checks: Measured;
  owners: OwnersView | null;
  labeling: LabelingView | null;
}> {
  const [ofImages, ofOwners, ofLabeling, ...others] = await Promise.all([
    readNewest(db, images),
    readNewest(db, owners),
    readNewest(db, labelingProgress),
    readNewest(db, coverage),
    readNewest(db, thumbnails),
    readNewest(db, groupAudit),
    readNewest(db, spend),
  ]);
  const [ofCoverage, ofThumbnails, ofGroupAudit, ofSpend] = others;
  return {
    checks: {
      coverage: ofCoverage,
      images: ofImages,
      owners: ofOwners,
      thumbnails: ofThumbnails,
      groupAudit: ofGroupAudit,
      spend: ofSpend,
    },
    owners: ofOwners && (await ownersView(db, ofOwners.reading, ofImages?.reading ?? null)),
    labeling: ofLabeling && (await labelingView({ db, clock }, ofLabeling, ofImages?.reading ?? null)),
  };
}

type Counts = Awaited<ReturnType<typeof images.measure>>;
type Holdings = Awaited<ReturnType<typeof owners.measure>>;

async function ownersView(db: Db, reading: Holdings, counts: Counts | null): Promise<OwnersView> {
  const owner = reading.owners.map(({ ownerId }) => ownerId);
  const names = owner.length > 0 ? await readOwnerNames(db, [{ query: { owner } }]) : new Map<string, string>();
  return {
    images: reading.images,
    holdings: holdingsOf(reading, names),
    all: counts?.all ?? null,
    unreadable: counts?.unreadable ?? null,
    archived: counts?.archived ?? 0,
  };
}

async function labelingView(
  { db, clock }: { db: Db; clock: Clock },
  { reading: _, ...last }: Newest<unknown>,
  counts: Counts | null,
): Promise<LabelingView> {
  const { name, title, unit, measures } = labelingProgress;
  const to = clock.now();
  const from = new Date(to.getTime() - RATE_DAYS * DAY_MS);
  const points = await readPoints(db, { names: [name], from, to });
  return {
    last,
    chart: { name, title, unit, measures, points: points.get(name) ?? [] },
    from,
    days: RATE_DAYS,
    proposed: counts && { images: counts.proposed, of: counts.present },
  };
}
