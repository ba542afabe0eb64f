import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Check, Earlier } from "~/features/monitoring/check";
import type { Db, Prisma, Tx } from "~/ports/db.server";

/** A check compares with the measurements of a day. */
const COMPARED_MS = 24 * 60 * 60_000;
/** Those of a day in which work ended all the time, each measured. */
const AT_MOST = 1_000;

/** Alerts by what is wrong, as `troubleOf` spells it. */
export const alertIds = jsonColumn(z.record(z.string(), z.number()));

/** The one way to ask for the newest measurement of a check. */
export const newestOf = (name: string) => ({ where: { name }, orderBy: { id: "desc" } }) as const;

/** When a check was last measured, whatever came of it; null: never. */
export const readLastAt = async (db: Db, { name }: Check): Promise<Date | null> =>
  (await db.check.findFirst({ ...newestOf(name), select: { at: true } }))?.at ?? null;

/** The measurements of a check within the day before `at`, the newest first; those whose reading this version cannot read are left out. */
export async function readEarlier(db: Db, { name, reading }: Check, at: Date): Promise<Earlier<unknown>[]> {
  const rows = await db.check.findMany({
    where: { name, reading: { not: null }, at: { gte: new Date(at.getTime() - COMPARED_MS) } },
    orderBy: { id: "desc" },
    take: AT_MOST,
  });
  return rows.flatMap((row) => {
    const parsed = jsonColumn(reading).safeParse(row.reading);
    return parsed.success
      ? [{ at: row.at, reading: parsed.data, troubles: Object.keys(alertIds.parse(row.alerts)) }]
      : [];
  });
}

/** Writes a measurement. */
export const insertMeasurement = (tx: Tx, data: Prisma.CheckCreateInput) =>
  tx.check.create({ data, select: { id: true } });
