import type { Db } from "~/ports/db.server";

/** When a worker last said what time it is, which each does once a minute; null: none ever did. */
export const readLastSeen = async (db: Db): Promise<Date | null> =>
  (await db.clockMark.findFirst({ orderBy: { id: "asc" } }))?.at ?? null;
