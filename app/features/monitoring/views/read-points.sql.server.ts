import { z } from "zod";
import type { Level } from "~/features/monitoring/check";
import type { Db } from "~/ports/db.server";
import { valuesOf } from "~/ports/sql.server";
import type { Point } from "./check-view";

/** Points of a chart at the most. */
const POINTS = 120;

export const level: z.ZodType<Level> = z.enum(["ok", "warn", "bad", "unknown"]);
const rows = z.array(
  z.object({
    name: z.string(),
    at: z.coerce.number().transform((ms) => new Date(ms)),
    value: z.coerce.number().nullable(),
    level,
  }),
);

/** The measurements of these checks from `from` to `to`, by check and the oldest first: the last of each of 120 equal steps. */
export async function readPoints(
  db: Db,
  { names, from, to }: { names: readonly string[]; from: Date; to: Date },
): Promise<Map<string, Point[]>> {
  const width = (to.getTime() - from.getTime()) / POINTS;
  const found = await db.$queryRaw`
    SELECT "name", "at", "value", "level" FROM "Check" WHERE "id" IN (
      SELECT max("id") FROM "Check" WHERE "name" IN ${valuesOf(names)} AND "at" >= ${from.getTime()} AND "at" <= ${to.getTime()}
       GROUP BY "name", CAST(("at" - ${from.getTime()}) / ${width} AS INTEGER))
     ORDER BY "at", "id"`;
  const byName = new Map<string, Point[]>();
  for (const { name, ...point } of rows.parse(found)) byName.set(name, [...(byName.get(name) ?? []), point]);
  return byName;
}
