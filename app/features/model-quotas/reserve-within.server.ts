import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Sql } from "~/ports/sql.server";
import { type AskedCall, findNoRoom, hasRoom, type NoRoom, readLimits } from "./room.sql.server";

/**
 * Reserves a call where its model's quotas have room for it, or says why they have none.
 * @param reserve writes the call under the condition that there is room; null: there was none
 */
export async function reserveWithin<Reserved>(
  deps: { db: Db; clock: Clock },
  asked: AskedCall,
  reserve: (hasRoom: Sql) => Promise<Reserved | null>,
): Promise<{ reserved: Reserved } | NoRoom> {
  const { db, clock } = deps;
  const limits = await readLimits(db, asked);
  const reserved = await reserve(hasRoom(asked, limits, clock.now()));
  if (reserved !== null) return { reserved };
  // Room that came in between is tried for again.
  return (await findNoRoom(db, asked, limits, clock.now())) ?? reserveWithin(deps, asked, reserve);
}
