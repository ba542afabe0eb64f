import type { Db } from "~/ports/db.server";
import { removeOrphanedThumbnails } from "./remove-orphaned-thumbnails";

/** When someone last looked for orphaned thumbnails, and how many that left; null: nobody has. */
export async function readLastLook(db: Db) {
  const run = await db.jobRun.findFirst({
    where: { kind: removeOrphanedThumbnails.kind, plannedAt: { not: null } },
    orderBy: { id: "desc" },
    select: { id: true, planned: true, plannedAt: true, status: true },
  });
  if (!run?.plannedAt) return null;
  return { runId: run.id, found: run.status === "succeeded" ? 0 : run.planned, at: run.plannedAt };
}
