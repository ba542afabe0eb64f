import type { Db, Prisma } from "~/ports/db.server";

/** USD. `reservedUsd`: for calls in flight and for those that nobody told the end of; it counts against a budget. */
export type Spend = { spentUsd: number; reservedUsd: number };

/** What model calls have cost, in all and by label run (its own id; a run without calls is not in the map). */
export async function sumSpend(
  db: Db,
  where: Prisma.ModelCallWhereInput,
): Promise<Spend & { byLabelRun: Map<number, Spend> }> {
  const [known, unknown] = await Promise.all([
    db.modelCall.groupBy({ by: ["labelRunId"], where, _sum: { usd: true } }),
    db.modelCall.groupBy({ by: ["labelRunId"], where: { AND: [where, { usd: null }] }, _sum: { reservedUsd: true } }),
  ]);
  const byLabelRun = new Map(
    known.map(({ labelRunId, _sum }): [number, Spend] => {
      const open = unknown.find((one) => one.labelRunId === labelRunId);
      return [labelRunId, { spentUsd: _sum.usd ?? 0, reservedUsd: open?._sum.reservedUsd ?? 0 }];
    }),
  );
  const sum = (of: keyof Spend) => [...byLabelRun.values()].reduce((total, spend) => total + spend[of], 0);
  return { spentUsd: sum("spentUsd"), reservedUsd: sum("reservedUsd"), byLabelRun };
}
