import { jobDefinitions } from "../../../app/features/job-definitions.ts";
import { undoRun } from "../../../app/features/job-runs/undo-run.server.ts";
import type { Ports } from "../../../app/ports/index.server.ts";
import { followRun } from "./follow-run.ts";

/** Leaves the undo of the main job's thumbnails as a plan, so that there is one to see. */
export async function planUndoOfThumbnails(ports: Ports): Promise<void> {
  const { id } = await ports.db.jobRun.findFirstOrThrow({
    where: { kind: jobDefinitions["backfill-thumbnails"].kind, status: "succeeded" },
    orderBy: { id: "asc" },
  });
  const actor = { id: "operator:1", name: "Mina Sato" };
  await followRun(ports, (await undoRun(ports, jobDefinitions, { runId: id, actor })).runId);
}
