import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { LearnedLimits } from "~/ports/model/model.server";
import { notAhead } from "./room.sql.server";

type Deps = { db: Db; clock: Clock };

/** Holds of a model that does not answer, each twice the last, until it does. */
const FIRST_HOLD_MS = 1_000;
const LONGEST_HOLD_MS = 30_000;
/** So many calls in a row that came to nothing are an outage; fewer may be faults of their own. */
const OUTAGE = 3;
/** Outcomes that an outage has. */
const NOTHING = ["failed", "unavailable"];

/** A quota of a minute is used up: no worker calls the model for so long. Limits that the answer told are kept. */
export async function holdForQuota(
  { db, clock }: Deps,
  { model, forMs, reason, limits }: { model: string; forMs: number; reason: string; limits: LearnedLimits },
): Promise<void> {
  const at = clock.now();
  const now = at.getTime();
  await db.$executeRaw`
    INSERT INTO "ModelQuota" ("model", "requestsPerMinute", "tokensPerMinute", "heldFrom", "heldUntil", "holdReason")
    VALUES (${model}, ${limits.requestsPerMinute}, ${limits.tokensPerMinute}, ${now}, ${now + forMs}, ${reason})
    ON CONFLICT ("model") DO UPDATE SET
      "requestsPerMinute" = coalesce(excluded."requestsPerMinute", "ModelQuota"."requestsPerMinute"),
      "tokensPerMinute" = coalesce(excluded."tokensPerMinute", "ModelQuota"."tokensPerMinute"),
      "heldFrom" = excluded."heldFrom",
      "holdReason" = excluded."holdReason",
      "heldUntil" = CASE WHEN "ModelQuota"."heldUntil" > excluded."heldUntil" AND "ModelQuota"."heldFrom" <= ${notAhead(at).getTime()} THEN "ModelQuota"."heldUntil" ELSE excluded."heldUntil" END`;
}

/**
 * A model is overloaded, or no call gets through: no worker calls it for a while, which grows with each time that none was
 * answered in between. Calls that were in flight together fail together: that is one reason to wait, not several.
 * @param isSure false: hold only once three calls in a row came to nothing
 */
export async function holdForOutage(
  { db, clock }: Deps,
  { model, reason, isSure }: { model: string; reason: string; isSure: boolean },
): Promise<void> {
  const now = clock.now();
  await db.$write(async (tx) => {
    await tx.$executeRaw`INSERT INTO "ModelQuota" ("model") VALUES (${model}) ON CONFLICT ("model") DO NOTHING`;
    const quota = await tx.modelQuota.findUniqueOrThrow({ where: { model } });
    const heldFrom = quota.heldFrom && quota.heldFrom <= notAhead(now) ? quota.heldFrom : new Date(0);
    if (heldFrom.getTime() > 0 && quota.heldUntil && quota.heldUntil > now) return;
    const last = await tx.modelCall.findMany({
      where: { model, finishedAt: { not: null }, createdAt: { lte: notAhead(now) } },
      orderBy: { createdAt: "desc" },
      take: OUTAGE,
      select: { outcome: true },
    });
    const isOutage = last.length === OUTAGE && last.every(({ outcome }) => NOTHING.includes(outcome));
    if (!isSure && !isOutage) return;
    const answered = { model, finishedAt: { gt: heldFrom }, outcome: { notIn: NOTHING } };
    const holds = (await tx.modelCall.findFirst({ where: answered, select: { id: true } })) ? 0 : quota.holds;
    const forMs = Math.min(FIRST_HOLD_MS * 2 ** holds, LONGEST_HOLD_MS);
    const heldUntil = new Date(now.getTime() + forMs);
    await tx.modelQuota.update({
      where: { model },
      data: { heldFrom: now, heldUntil, holdReason: reason, holds: holds + 1 },
    });
  });
}
