import { allowedFrom } from "~/features/job-runs/allowed";
import { consoleActor, recordRunEvent } from "~/features/job-runs/run-events";
import type { Tx } from "~/ports/db.server";

/** Why a run cannot go on for now, and when that is over by itself, where it is. */
export type Pause = { reason: string; until: Date | null };

/**
 * Pauses a run as the console's own doing and tells the audit log why. One that is not under way (a person was quicker, or
 * another item of it) is left as it is. For a transaction that has written already.
 * @param why.nextAlikeLimit where items all failed alike: how many it takes to pause it once more
 */
export async function pauseItself(
  tx: Tx,
  runId: number,
  { reason, until, now, nextAlikeLimit }: Pause & { now: Date; nextAlikeLimit?: number },
): Promise<void> {
  const { count } = await tx.jobRun.updateMany({
    where: { id: runId, status: { in: [...allowedFrom.pause] } },
    data: {
      status: "paused",
      pauseReason: reason,
      pausedUntil: until,
      ...(nextAlikeLimit && { alikeLimit: nextAlikeLimit }),
    },
  });
  if (count === 0) return;
  const { title } = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { title: true } });
  await recordRunEvent(tx, { at: now, actor: consoleActor, runId, title, verb: "pause", detail: { reason } });
}
