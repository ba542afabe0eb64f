import type { Actor } from "~/features/audit-log/record-event";
import { requireImages } from "~/features/images/browse/require-images.sql.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { DEFAULT_QUALITY } from "./conversion-format";
import { type Conversion, convertImages } from "./convert-images";

type Wanted = Omit<Conversion, "quality"> & { quality?: number | undefined };

/**
 * Starts the plan of a conversion, of the format's own quality where none is said.
 * @throws DomainError "invalid" for a query by something that is not known, or a selection that no image matches; ZodError for one that
 *   names nothing
 */
export async function startConversion(
  deps: { db: Db; clock: Clock },
  { format, quality = DEFAULT_QUALITY[format], actor, ...input }: Wanted & { actor: Actor },
): Promise<{ runId: number }> {
  const { db, clock } = deps;
  const known = { now: clock.now(), ...(await loadLabelSchema()) };
  const selection = await requireImages(db, input.selection, known);
  return startRun(deps, convertImages, { payload: { selection, format, quality }, actor });
}
