import { holdForOutage, holdForQuota } from "~/features/model-quotas/hold-model.sql.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Failure } from "~/ports/model/model.server";
import { type Answered, isHeldUp } from "./call-end";

/** Holds all workers' calls of a model where the end of one, which is settled, speaks of them all. */
export async function holdByEnd(
  deps: { db: Db; clock: Clock },
  result: Answered | Failure,
  { model, isStopped }: { model: string; isStopped: boolean },
): Promise<void> {
  if (result.kind === "denied" || !isHeldUp(result)) return;
  const { kind, reason } = result;
  if (kind !== "rate-limited") {
    if (!isStopped) await holdForOutage(deps, { model, reason, isSure: kind === "unavailable" });
  } else if (result.quota) {
    await holdForQuota(deps, { model, forMs: result.retryAfterMs, reason, limits: result.quota });
  }
}
