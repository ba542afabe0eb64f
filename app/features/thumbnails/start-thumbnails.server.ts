import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { plural } from "~/features/format";
import { parseImageOrder } from "~/features/images/browse/image-order";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { selectedWhere } from "~/features/images/query/image-query.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { backfillThumbnails, type ThumbnailBackfill } from "./backfill-thumbnails";
import { countLeftOut, findImagesToThumbnail } from "./missing-thumbnails.sql.server";

type Deps = { db: Db; clock: Clock };

/**
 * Starts the plan of a backfill.
 * @throws DomainError "invalid" for a selection that no image matches; ZodError for one that names nothing
 */
export async function startThumbnails(
  deps: Deps,
  { force, selection, actor }: ThumbnailBackfill & { actor: Actor },
): Promise<{ runId: number }> {
  const kept = selection && (await requireImages(deps.db, selection, await known(deps)));
  return startRun(deps, backfillThumbnails, { payload: { force, selection: kept }, actor });
}

/** More are left to the plan, for to look through a million images would keep all pages waiting. */
const LOOKED_AT_AT_ONCE = 1_000;

/**
 * The same for images that someone picked, who is told at once where there is nothing to make.
 * @throws DomainError "invalid" also for a selection of few images of which none can get a thumbnail
 */
export async function startThumbnailsOf(
  deps: Deps,
  { selection, actor }: { selection: ImageSelection; actor: Actor },
): Promise<{ runId: number }> {
  const ids = await readFewIds(deps, selection);
  if (ids === null) return startThumbnails(deps, { force: false, selection, actor });
  const scope = { force: false, selected: selectedWhere({ ids }, await known(deps)), failedSince: null };
  const isDue = async (archived: boolean) =>
    (await findImagesToThumbnail(deps.db, scope, { afterId: 0, limit: 1, archived })).length > 0;
  // Whether an archived one has been restored only the store can tell, which the plan asks.
  if ((await isDue(false)) || (await isDue(true))) {
    return startThumbnails(deps, { force: false, selection, actor });
  }
  await requireImages(deps.db, selection, await known(deps));
  const { made, unreadable } = await countLeftOut(deps.db, scope);
  throw new DomainError("invalid", nothingDue(made, unreadable));
}

/** The ids of a selection, or null: it finds more than a few. */
async function readFewIds(deps: Deps, selection: ImageSelection): Promise<number[] | null> {
  if ("ids" in selection) return selection.ids;
  const { query, except } = selection;
  const page = { query, order: parseImageOrder(null), from: null, limit: LOOKED_AT_AT_ONCE };
  const { images, after } = await listImages(deps, { ...page, schema: await loadLabelSchema() });
  return after === null ? images.map(({ id }) => id).filter((id) => !except?.includes(id)) : null;
}

const known = async ({ clock }: Deps) => ({ now: clock.now(), ...(await loadLabelSchema()) });

/** Why there is nothing to plan; where neither is so, none of the images is in the bucket any more. */
function nothingDue(made: number, unreadable: number): string {
  if (made + unreadable === 0) return "These images are no longer in the bucket, so there is no thumbnail to make.";
  const each = [
    ...(made > 0 ? [`${plural(made, "image")} already ${made === 1 ? "has a thumbnail" : "have thumbnails"}`] : []),
    ...(unreadable > 0 ? [`${plural(unreadable, "image")} cannot be read`] : []),
  ];
  return `There is no thumbnail to make: ${each.join(", and ")}.`;
}
