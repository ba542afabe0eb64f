import { z } from "zod";
import { requireSteadyClock } from "~/features/clock-watch/require-steady-clock.server";
import { count, exactTime } from "~/features/format";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { removeTotals } from "~/features/storage-totals/count/totals.sql.server";
import { isFinished } from "~/features/storage-totals/snapshots";
import { chooseThinned } from "./choose-thinned";
import type { thinStorage } from "./thin-storage";

const plannedThinning = z.object({ remove: z.boolean() });
const DAY_MS = 24 * 60 * 60_000;
/** Items that a plan yields at once. */
const PAGE = 1_000;

export const thinStorageHandler: ItemHandler<z.infer<typeof thinStorage.payload>> = {
  async *plan({ db, clock }, { payload }) {
    await requireSteadyClock({ db, clock });
    const found = await db.storageSnapshot.findMany({
      where: isFinished,
      orderBy: { id: "asc" },
      select: { id: true, takenAt: true, hiddenObjects: true },
    });
    const snapshots = found.map(({ hiddenObjects, ...rest }) => ({ ...rest, hasHidden: hiddenObjects !== null }));
    const articles = await db.storageTotal.groupBy({ by: ["snapshotId"], where: { dimension: "article" } });
    const withArticles = new Set(articles.map(({ snapshotId }) => snapshotId));
    const { remove, strip } = chooseThinned(snapshots, new Date(clock.now().getTime() - payload.days * DAY_MS));
    const items = snapshots
      .filter(({ id }) => remove.includes(id) || (strip.includes(id) && withArticles.has(id)))
      .map(({ id, takenAt }) => ({
        subject: String(id),
        label: exactTime(takenAt),
        before: { remove: remove.includes(id) },
      }));
    for (let at = 0; at < items.length; at += PAGE) yield items.slice(at, at + PAGE);
    return { facts: [{ label: "Snapshots to remove", value: count(remove.length) }] };
  },

  async apply({ db, clock }, { subject, before }, { signal }) {
    await requireSteadyClock({ db, clock });
    const id = Number(subject);
    const { remove } = plannedThinning.parse(before);
    if (!remove) return { outcome: "succeeded", after: { totals: await removeTotals(db, id, { signal }, "article") } };
    // While its totals go it is shown nowhere: the newest, which never goes, is what pages read.
    const totals = await removeTotals(db, id, { signal });
    await db.storageSnapshot.deleteMany({ where: { id } });
    return { outcome: "succeeded", after: { totals } };
  },
};
