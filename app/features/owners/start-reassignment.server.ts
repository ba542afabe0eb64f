import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { freezeImageQuery } from "~/features/images/browse/image-query.sql.server";
import { type ImageSelection, imageSelection } from "~/features/images/browse/image-selection";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { type Reassignment, reassignOwner } from "./reassign-owner";
import { findsImages } from "./reassign-owner.sql.server";

/**
 * Starts the plan of a reassignment. The relative dates of a query become moments here, so that the plan means what was
 * asked for however late a worker makes it.
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
  const selection = freeze(imageSelection.parse(input.selection), known.now);
  if (!(await findsImages(db, selection, known))) {
    throw new DomainError("invalid", "No image matches this selection, so there is nothing to reassign.");
  }
  return startRun(deps, reassignOwner, { payload: { selection, toOwnerId }, actor });
}

const freeze = (selection: ImageSelection, now: Date): ImageSelection =>
  "query" in selection ? { ...selection, query: freezeImageQuery(selection.query, now) } : selection;
