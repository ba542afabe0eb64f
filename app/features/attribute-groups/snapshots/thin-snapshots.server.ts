import type { z } from "zod";
import { requireSteadyClock } from "~/features/clock-watch/require-steady-clock.server";
import { count } from "~/features/format";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { isFinished } from "./newest-snapshot";
import type { thinSnapshots } from "./thin-snapshots";
import { findThinnable, removeUnnamedListings } from "./thin-snapshots.sql.server";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Roots that labels/schema.json has no more are thinned as well. */
export const thinSnapshotsHandler: ItemHandler<z.infer<typeof thinSnapshots.payload>> = {
  async *plan({ db, clock }) {
    await requireSteadyClock({ db, clock });
    const roots = await db.groupSnapshot.groupBy({ by: ["root"], where: isFinished, orderBy: { root: "asc" } });
    yield roots.map(({ root }) => ({ subject: root }));
    return { facts: [{ label: "Attribute roots", value: count(roots.length) }] };
  },

  async apply({ db, clock }, item, { payload, signal }) {
    await requireSteadyClock({ db, clock });
    const before = new Date(clock.now().getTime() - payload.days * DAY_MS);
    const snapshots = await findThinnable(db, { root: item.subject, before });
    for (const id of snapshots) {
      signal.throwIfAborted();
      // One at a time, with its groups: no one ever reads half a snapshot, and no write takes long.
      await db.groupSnapshot.deleteMany({ where: { id } });
    }
    const listings = await removeUnnamedListings(db, signal);
    return { outcome: "succeeded", after: { snapshots: snapshots.length, listings } };
  },
};
