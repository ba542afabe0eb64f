import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Check, Earlier } from "~/features/monitoring/check";
import type { Db, Prisma, Tx } from "~/ports/db.server";

/** Measurements that a check compares with: a day's, one each half hour. */
const COMPARED = 48;

/** Alerts by what is wrong, as `troubleOf` spells it. */
export const alertIds = jsonColumn(z.record(z.string(), z.number()));

/** The one way to ask for the newest measurement of a check. */
export const newestOf = (name: string) => ({ where: { name }, orderBy: { id: "desc" } }) as const;

/** When a check was last measured, whatever came of it; null: never. */
export const readLastAt = async (db: Db, { name }: Check): Promise<Date | null> =>
  (await db.check.findFirst({ ...newestOf(name), select: { at: true } }))?.at ?? null;

/** The former measurements of a check, the newest first; those whose reading this version cannot read are left out. */
export async function readEarlier(db: Db, { name, reading }: Check): Promise<Earlier<unknown>[]> {
  const rows = await db.check.findMany({
    where: { name, reading: { not: null } },
    orderBy: { id: "desc" },
    take: COMPARED,
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
