import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { findNewestSearch } from "~/features/duplicates/search/duplicate-search.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Removal } from "./removal";
import { removeImages } from "./remove-images.server";

/**
 * Starts the plan of a removal.
 * @throws DomainError "conflict" where none of the groups is there any more, or another removal is at work
 */
export async function startRemoval(
  { db, clock }: { db: Db; clock: Clock },
  { actor, ...payload }: Removal & { actor: Actor },
): Promise<{ runId: number }> {
  const { kind, groups, ownerId } = payload;
  const search = await findNewestSearch(db);
  const found = await db.duplicateGroup.findFirst({
    where: {
      searchId: search?.id ?? 0,
      kind,
      ...(ownerId !== null && { ownerId }),
      ...(groups && { id: { in: groups } }),
    },
  });
  if (!found) {
    throw new DomainError("conflict", "A newer search no longer has these groups. Look at the list again.");
  }
  return startRun({ db, clock }, removeImages, { payload, actor });
}
