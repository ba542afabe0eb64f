import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { GROUPS_AT_MOST, type Removal, removal } from "./removal";
import { removeImages } from "./remove-images.server";
import { newerSearch, requireSearch } from "./require-search.server";

/**
 * Starts the plan of a removal: of the search that its operator saw.
 * @param searchId without it the newest is meant
 * @throws DomainError "invalid" for no group, or more than a person picks; "conflict" where a newer search has other groups, or another removal
 *   is at work
 */
export async function startRemoval(
  { db, clock }: { db: Db; clock: Clock },
  { actor, ...payload }: Removal & { actor: Actor },
): Promise<{ runId: number }> {
  const { kind, groups, ownerId } = payload;
  if (!removal.shape.groups.safeParse(groups).success) {
    const sentence = `Choose from 1 to ${count(GROUPS_AT_MOST)} groups of the list. For more, plan for all of them.`;
    throw new DomainError("invalid", sentence);
  }
  const searchId = await requireSearch(db, payload.searchId);
  const found = await db.duplicateGroup.findFirst({
    where: {
      searchId,
      kind,
      ...(ownerId !== null && { ownerId }),
      ...(groups && { id: { in: groups } }),
    },
  });
  if (!found) throw newerSearch();
  return startRun({ db, clock }, removeImages, { payload: { ...payload, searchId }, actor });
}
