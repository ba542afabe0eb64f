import { z } from "zod";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type Sql, sql, valuesOf } from "~/ports/sql.server";

/**
 * USD. `reservedUsd`: for calls without known dollars; it counts against a budget. `unknownUsd`: the part of it that is
 * not in flight, so that no one will tell any more.
 */
export type Spend = { spentUsd: number; reservedUsd: number; unknownUsd: number };

/** The model port gives a call up after 60 s: one that was reserved so long ago lost its worker. */
const IN_FLIGHT_MS = 90_000;
const DAY_MS = 86_400_000;

/** Calls that may still be settled, as of `now`. One that a clock ahead dated is none: it would be for as long as that was ahead. */
export const isInFlight = (now: Date) => ({
  outcome: "reserved",
  finishedAt: null,
  createdAt: { gt: new Date(now.getTime() - IN_FLIGHT_MS), lt: new Date(now.getTime() + IN_FLIGHT_MS) },
});

/** Dollars of a tally's 1e-12ths: `usdOf(sql`"spentPico"`)`. */
export const usdOf = (pico: Sql): Sql => sql`coalesce(sum(${pico}), 0) / 1e12`;

const rows = z.array(
  z.object({
    labelRunId: z.coerce.number(),
    spentUsd: z.coerce.number(),
    reservedUsd: z.coerce.number(),
    waiting: z.coerce.number(),
  }),
);

/**
 * What model calls have cost, in all and by label run (its own id; a run without calls is not in the map; null: calls that belong to none).
 * @param of.labelRunIds these runs only; else of all, tries included
 * @param of.since the beginning of a day in UTC
 */
export async function sumSpend(
  { db, clock }: { db: Db; clock: Clock },
  of: { labelRunIds: number[] } | { since: Date },
): Promise<Spend & { byLabelRun: Map<number | null, Spend> }> {
  const where =
    "since" in of
      ? sql`"day" >= ${Math.floor(of.since.getTime() / DAY_MS)}`
      : sql`"labelRunId" IN ${valuesOf(of.labelRunIds)}`;
  const found = rows.parse(
    await db.$queryRaw`
      SELECT "labelRunId", ${usdOf(sql`"spentPico"`)} AS "spentUsd", ${usdOf(sql`"reservedPico"`)} AS "reservedUsd",
             sum(CASE WHEN "outcome" = 'reserved' THEN "calls" ELSE 0 END) AS "waiting"
        FROM "CallTally" WHERE ${where} GROUP BY "labelRunId"`,
  );
  const waiting = found.filter((row) => row.waiting > 0).map(({ labelRunId }) => labelRunId);
  const inFlight = await readInFlight(db, waiting, clock.now());
  const byLabelRun = new Map(
    found.map(({ labelRunId, spentUsd, reservedUsd }): [number | null, Spend] => {
      const unknownUsd = Math.max(reservedUsd - (inFlight.get(labelRunId) ?? 0), 0);
      return [labelRunId || null, { spentUsd, reservedUsd, unknownUsd }];
    }),
  );
  const sum = (of: keyof Spend) => [...byLabelRun.values()].reduce((total, spend) => total + spend[of], 0);
  return { spentUsd: sum("spentUsd"), reservedUsd: sum("reservedUsd"), unknownUsd: sum("unknownUsd"), byLabelRun };
}

/** What is reserved for calls in flight, by label run (0: none). */
async function readInFlight(db: Db, labelRunIds: number[], now: Date): Promise<Map<number, number>> {
  if (labelRunIds.length === 0) return new Map();
  const groups = await db.modelCall.groupBy({
    by: ["labelRunId"],
    where: {
      OR: [{ labelRunId: { in: labelRunIds } }, ...(labelRunIds.includes(0) ? [{ labelRunId: null }] : [])],
      ...isInFlight(now),
      usd: null,
    },
    _sum: { reservedUsd: true },
  });
  return new Map(groups.map(({ labelRunId, _sum }) => [labelRunId ?? 0, _sum.reservedUsd ?? 0]));
}
