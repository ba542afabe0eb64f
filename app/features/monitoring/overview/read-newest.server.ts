import { jsonColumn } from "~/features/json-column";
import type { Check, Level } from "~/features/monitoring/check";
import { level } from "~/features/monitoring/views/read-points.sql.server";
import type { Db } from "~/ports/db.server";

/** What a check last found. */
export type Newest<Reading> = {
  at: Date;
  verdict: string;
  level: Level;
  sentence: string;
  value: number | null;
  reading: Reading;
};

/** The last measurement of a check that came to something this version can read; null: there is none. */
export async function readNewest<Reading>(db: Db, check: Check<Reading>): Promise<Newest<Reading> | null> {
  const row = await db.check.findFirst({
    where: { name: check.name, reading: { not: null } },
    orderBy: { id: "desc" },
  });
  const parsed = jsonColumn(check.reading).safeParse(row?.reading);
  if (!row || !parsed.success) return null;
  const { at, verdict, sentence, value } = row;
  return { at, verdict, level: level.parse(row.level), sentence, value, reading: parsed.data };
}
