import type { z } from "zod";
import { requireSteadyClock } from "~/features/clock-watch/require-steady-clock.server";
import { count } from "~/features/format";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { finalStatuses } from "~/features/job-runs/status";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { removeOldItems } from "./remove-old-items";
import { deleteItems } from "./remove-old-items.sql.server";

const DAY_MS = 24 * 60 * 60 * 1000;
const PAGE = 1_000;

/** Its items are runs. A run whose items are gone says so: `itemsRemovedAt` is set before the first one goes. */
export const removeOldItemsHandler: ItemHandler<z.infer<typeof removeOldItems.payload>> = {
  async *plan({ db, clock }, { payload }) {
    await requireSteadyClock({ db, clock });
    const endedBefore = new Date(clock.now().getTime() - payload.days * DAY_MS);
    let items = 0;
    const readPage = (last?: { id: number }) =>
      db.jobRun.findMany({
        where: {
          id: { gt: last?.id ?? 0 },
          status: { in: [...finalStatuses] },
          finishedAt: { lt: endedBefore },
          itemsRemovedAt: null,
          planned: { gt: 0 },
        },
        orderBy: { id: "asc" },
        take: PAGE,
        select: { id: true, title: true, planned: true },
      });
    for await (const runs of pagesByKey(PAGE, readPage)) {
      for (const run of runs) items += run.planned;
      yield runs.map((run) => ({ subject: String(run.id), label: `run ${run.id} (${run.title})` }));
    }
    return { facts: [{ label: "Items that go", value: count(items) }] };
  },

  async apply({ db, clock }, item, { signal }) {
    const runId = Number(item.subject);
    await db.jobRun.update({ where: { id: runId }, data: { itemsRemovedAt: clock.now() } });
    return { outcome: "succeeded", after: { removed: await deleteItems(db, runId, signal) } };
  },
};
