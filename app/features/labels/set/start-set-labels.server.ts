import type { Actor } from "~/features/audit-log/record-event";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { requireListed } from "./require-listed";
import { type LabelSetting, setLabels } from "./set-labels";

/**
 * Starts the plan of labels that a person sets, or removes (`value` null), on a selection of images.
 * @throws DomainError "invalid" for an attribute or a value that labels/schema.json does not have, a query by something that
 *   is not known, or a selection that no image matches; ZodError for one that names nothing
 */
export async function startSetLabels(
  deps: { db: Db; clock: Clock },
  { actor, ...input }: LabelSetting & { actor: Actor },
): Promise<{ runId: number }> {
  const schema = await loadLabelSchema();
  requireListed(schema, input);
  const selection = await requireImages(deps.db, input.selection, { now: deps.clock.now(), ...schema });
  return startRun(deps, setLabels, { payload: { ...input, selection }, actor });
}
