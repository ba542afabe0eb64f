import type { Clock } from "~/ports/clock.server";
import type { Db, Prisma } from "~/ports/db.server";

/**
 * USD. `reservedUsd`: for calls without known dollars; it counts against a budget. `unknownUsd`: the part of it that is
 * not in flight, so that no one will tell any more.
 */
export type Spend = { spentUsd: number; reservedUsd: number; unknownUsd: number };

/** The model port gives a call up after 60 s: one that was reserved so long ago lost its worker. */
const IN_FLIGHT_MS = 90_000;

/** Calls that may still be settled, as of `now`. */
export const isInFlight = (now: Date) => ({
  outcome: "reserved",
  createdAt: { gt: new Date(now.getTime() - IN_FLIGHT_MS) },
});

/** What model calls have cost, in all and by label run (its own id; a run without calls is not in the map; null: calls that belong to none). */
export async function sumSpend(
  { db, clock }: { db: Db; clock: Clock },
  where: Prisma.ModelCallWhereInput,
): Promise<Spend & { byLabelRun: Map<number | null, Spend> }> {
  const reserved = { AND: [where, { usd: null }] };
  const inFlight = { AND: [where, { usd: null }, isInFlight(clock.now())] };
  const sumReserved = (of: Prisma.ModelCallWhereInput) =>
    db.modelCall.groupBy({ by: ["labelRunId"], where: of, _sum: { reservedUsd: true } });
  const [known, unsettled, underWay] = await Promise.all([
    db.modelCall.groupBy({ by: ["labelRunId"], where, _sum: { usd: true } }),
    sumReserved(reserved),
    sumReserved(inFlight),
  ]);
  const usdOf = (groups: typeof unsettled, id: number | null) =>
    groups.find(({ labelRunId }) => labelRunId === id)?._sum.reservedUsd ?? 0;
  const byLabelRun = new Map(
    known.map(({ labelRunId, _sum }): [number | null, Spend] => {
      const reservedUsd = usdOf(unsettled, labelRunId);
      const unknownUsd = Math.max(reservedUsd - usdOf(underWay, labelRunId), 0);
      return [labelRunId, { spentUsd: _sum.usd ?? 0, reservedUsd, unknownUsd }];
    }),
  );
  const sum = (of: keyof Spend) => [...byLabelRun.values()].reduce((total, spend) => total + spend[of], 0);
  return { spentUsd: sum("spentUsd"), reservedUsd: sum("reservedUsd"), unknownUsd: sum("unknownUsd"), byLabelRun };
}
