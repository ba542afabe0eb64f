import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/** How often a client did what a limit counts, and when the count begins again. */
export type RequestCount = { requests: number; endsAt: Date };

type Deps = { db: Db; clock: Clock };

/** False once its window is over, and for one that ends later than a window can: a clock was ahead once. */
export const isCurrent = ({ endsAt }: RequestCount, now: Date, windowMs: number): boolean =>
  endsAt > now && endsAt.getTime() <= now.getTime() + windowMs;

/** Adds one to the count, which all web processes share. */
export async function countRequest({ db, clock }: Deps, key: string, windowMs: number): Promise<RequestCount> {
  const now = clock.now();
  const endsAt = new Date(now.getTime() + windowMs);
  return db.$write(async (tx) => {
    await tx.requestCount.deleteMany({ where: { OR: [{ endsAt: { lte: now } }, { key, endsAt: { gt: endsAt } }] } });
    return tx.requestCount.upsert({
      where: { key },
      create: { key, requests: 1, endsAt },
      update: { requests: { increment: 1 } },
    });
  });
}

/** The count as it stands; null: nothing was counted in this window. */
export async function readCount({ db, clock }: Deps, key: string, windowMs: number): Promise<RequestCount | null> {
  const count = await db.requestCount.findUnique({ where: { key } });
  return count && isCurrent(count, clock.now(), windowMs) ? count : null;
}
