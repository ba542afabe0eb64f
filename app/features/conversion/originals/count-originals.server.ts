import { convertImages } from "~/features/conversion/convert-images";
import { finalStatuses } from "~/features/job-runs/status";
import type { Db } from "~/ports/db.server";

/** How many originals an ended conversion keeps yet. */
export async function countOriginals(
  { db }: { db: Db },
  { id: runId, kind, status }: { id: number; kind: string; status: string },
): Promise<number> {
  if (kind !== convertImages.kind || !finalStatuses.some((final) => final === status)) return 0;
  return db.convertedImage.count({ where: { runId, removedBy: null } });
}
