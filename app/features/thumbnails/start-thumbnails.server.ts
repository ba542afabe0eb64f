import type { Actor } from "~/features/audit-log/record-event";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { backfillThumbnails, type ThumbnailBackfill } from "./backfill-thumbnails";

/**
 * Starts the plan of a backfill.
 * @throws DomainError "invalid" for a selection that no image matches; ZodError for one that names nothing
 */
export async function startThumbnails(
  deps: { db: Db; clock: Clock },
  { force, selection, actor }: ThumbnailBackfill & { actor: Actor },
): Promise<{ runId: number }> {
  const kept =
    selection && (await requireImages(deps.db, selection, { now: deps.clock.now(), ...(await loadLabelSchema()) }));
  return startRun(deps, backfillThumbnails, { payload: { force, selection: kept }, actor });
}
