import { jobKinds } from "~/features/job-kinds.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { backfillThumbnails } from "~/features/thumbnails/backfill-thumbnails";
import type { Ports } from "~/ports/index.server";
import { followRun } from "./follow-run";

/** Leaves the undo of the main job's thumbnails as a plan, so that there is one to see. */
export async function planUndoOfThumbnails(ports: Ports): Promise<void> {
  const { id } = await ports.db.jobRun.findFirstOrThrow({
    where: { kind: backfillThumbnails.kind, status: "succeeded" },
    orderBy: { id: "asc" },
  });
  const actor = { id: "operator:1", name: "Mina Sato" };
  await followRun(ports, (await undoRun(ports, jobKinds, { runId: id, actor })).runId);
}
