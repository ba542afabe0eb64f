import { offeredCommands } from "~/features/job-runs/allowed";
import { listUndos } from "~/features/job-runs/views/list-undos.server";
import { toRunViews } from "~/features/job-runs/views/tallied-run.server";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { PromotionView } from "./review";

/** Promotions that are shown. */
const NEWEST = 3;

/** The newest promotions of a label run, the newest first. */
export async function readPromotions(
  deps: { db: Db; clock: Clock },
  payload: { labelRunId: number; runId: number },
): Promise<PromotionView[]> {
  const rows = await deps.db.jobRun.findMany({
    where: {
      ...{ kind: promoteLabels.kind, undoOfId: null },
      payload: JSON.stringify(promoteLabels.payload.parse(payload)),
    },
    orderBy: { id: "desc" },
    take: NEWEST,
  });
  const runs = await toRunViews(deps, rows);
  return Promise.all(
    runs.map(async (run) => {
      const rollback = (await listUndos(deps, run.id)).find(({ stands }) => stands) ?? null;
      const undo = { way: "what succeeded", isUndone: rollback !== null } as const;
      return {
        run,
        rollback: rollback && { id: rollback.id, status: rollback.status },
        canRollBack: offeredCommands(run, undo).includes("undo"),
      };
    }),
  );
}
