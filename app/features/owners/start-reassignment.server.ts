import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { type Reassignment, reassignOwner } from "./reassign-owner";

/**
 * Starts the plan of a reassignment.
 * @throws DomainError "invalid" for an owner that is not known, a query by something that is not known, or a selection that
 *   no image matches; ZodError for one that names nothing
 */
export async function startReassignment(
  deps: { db: Db; clock: Clock },
  input: Reassignment & { actor: Actor },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const { toOwnerId, actor } = input;
  if (!(await db.owner.findUnique({ where: { id: toOwnerId }, select: { id: true } }))) {
    throw new DomainError("invalid", `There is no owner ${quote(toOwnerId)}. Choose one of the owners.`);
  }
  const known = { now: clock.now(), ...(await loadLabelSchema()) };
  const selection = await requireImages(db, input.selection, known);
  return startRun(deps, reassignOwner, { payload: { selection, toOwnerId }, actor });
}
