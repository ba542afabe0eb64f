import type { z } from "zod";
import { requireSteadyClock } from "~/features/clock-watch/require-steady-clock.server";
import { count } from "~/features/format";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import type { thinChecks } from "./thin-checks";
import { removeMeasurements } from "./thin-checks.sql.server";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Its items are names of checks; those that this version does not have are thinned as well. */
export const thinChecksHandler: ItemHandler<z.infer<typeof thinChecks.payload>> = {
  async *plan({ db, clock }) {
    await requireSteadyClock({ db, clock });
    const names = await db.check.groupBy({ by: ["name"], orderBy: { name: "asc" } });
    yield names.map(({ name }) => ({ subject: name }));
    return { facts: [{ label: "Checks", value: count(names.length) }] };
  },

  async apply({ db, clock }, { subject }, { payload, signal }) {
    await requireSteadyClock({ db, clock });
    const before = new Date(clock.now().getTime() - payload.days * DAY_MS);
    return {
      outcome: "succeeded",
      after: { measurements: await removeMeasurements(db, { name: subject, before, signal }) },
    };
  },
};
