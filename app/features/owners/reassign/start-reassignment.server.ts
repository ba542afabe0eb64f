import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { isOwnerId } from "~/features/owners/owner-fields";
import { requireOwner } from "~/features/owners/require-owner.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { type Reassignment, reassignOwner } from "./reassign-owner";
import { rekeyOwner } from "./rekey-owner";

/**
 * Starts the plan of a reassignment; with `rekey` of one that also moves what lies under the present owner's prefix.
 * @throws DomainError "invalid" for an owner that is not known or was merged, or whose id cannot stand in a key, a query by
 *   something that is not known, or a selection that no image matches; ZodError for one that names nothing
 */
export async function startReassignment(
  deps: { db: Db; clock: Clock },
  { toOwnerId, actor, rekey = false, ...input }: Reassignment & { actor: Actor; rekey?: boolean },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  await requireOwner(db, toOwnerId);
  if (rekey && !isOwnerId(toOwnerId)) {
    const id = quote(toOwnerId);
    throw new DomainError("invalid", `No key can name the owner ${id}. Reassign without moving the objects.`);
  }
  const known = { now: clock.now(), ...(await loadLabelSchema()) };
  const selection = await requireImages(db, input.selection, known);
  return startRun(deps, rekey ? rekeyOwner : reassignOwner, { payload: { selection, toOwnerId }, actor });
}
