import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";

const NOTED_EACH_MS = 5 * 60_000;

/** When this process last tried to note a use, by database and token: one that failed is not tried again at once. */
const triedAt = new WeakMap<object, Map<string, number>>();

/**
 * Notes that a token was shown, at most once in five minutes from each process. To be called once the program has its answer: it
 * may wait for the lock of bulk work, and when it fails, only “last used” is five minutes older than it could be.
 */
export async function noteTokenUse(
  { db, clock, log }: { db: Pick<Db, "apiTokenUse">; clock: Clock; log: Log },
  token: string,
): Promise<void> {
  const at = clock.now();
  const tried = triedAt.get(db) ?? new Map<string, number>();
  triedAt.set(db, tried);
  const last = tried.get(token);
  // A clock that was set back must not silence it for longer.
  if (last !== undefined && Math.abs(at.getTime() - last) < NOTED_EACH_MS) return;
  tried.set(token, at.getTime());
  try {
    await db.apiTokenUse.upsert({ where: { token }, create: { token, usedAt: at }, update: { usedAt: at } });
  } catch (error) {
    log.warn({ err: error, token }, "The last use of a token could not be noted; the next try is in five minutes");
  }
}
