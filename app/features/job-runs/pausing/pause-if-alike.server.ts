import { z } from "zod";
import { count } from "~/features/format";
import { isAllowedFrom } from "~/features/job-runs/allowed";
import { toRunStatus } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import { isOfItem } from "./item-classes";
import { pauseItself } from "./pause-itself.server";

/**
 * So many items that failed the same way, with none that succeeded in between, pause their run: enough that chance is no
 * explanation, few enough that little is lost. A plan of fewer items than this ends by itself, and can be retried.
 */
export const ALIKE_AT_FIRST = 20;
/** Whoever resumes such a run wants it to go on: each further pause takes so many times as many failures. */
const ALIKE_GROWS_BY = 10;

export type Failure = { errorClass: string; error: string };

const alikeCounts = z.record(z.string(), z.number());

/**
 * Counts what a transaction recorded and pauses the run once so many items failed the same way since the last one that
 * succeeded. Failures that speak of one item alone count as nothing, and so do skipped items. The counts are on the run's
 * row, so that they are the same however many workers share it. For a transaction that has written already.
 * @param recorded.failures one by one
 * @returns whether the run is to be let go of: it is paused now, or was paused or cancelled before
 */
export async function pauseIfAlike(
  tx: Tx,
  runId: number,
  recorded: { succeeded: number; failures: Failure[]; now: Date },
): Promise<boolean> {
  if (recorded.succeeded > 0) {
    await tx.jobRun.updateMany({ where: { id: runId, failedAlike: { not: null } }, data: { failedAlike: null } });
    return false;
  }
  const failures = recorded.failures.filter(({ errorClass }) => !isOfItem(errorClass));
  if (failures.length === 0) return false;
  const run = await tx.jobRun.findUniqueOrThrow({
    where: { id: runId },
    select: { status: true, failedAlike: true, alikeLimit: true },
  });
  if (!isAllowedFrom("pause", toRunStatus(run.status))) return true;
  const counts = new Map(Object.entries(jsonColumn(alikeCounts).parse(run.failedAlike ?? "{}")));
  for (const { errorClass } of failures) counts.set(errorClass, (counts.get(errorClass) ?? 0) + 1);
  await tx.jobRun.update({
    where: { id: runId },
    data: { failedAlike: JSON.stringify(Object.fromEntries(counts)) },
  });
  const limit = run.alikeLimit ?? ALIKE_AT_FIRST;
  const alike = failures.find(({ errorClass }) => (counts.get(errorClass) ?? 0) >= limit);
  if (!alike) return false;
  const reason = words(counts.get(alike.errorClass) ?? 0, alike);
  await pauseItself(tx, runId, { reason, until: null, now: recorded.now, nextAlikeLimit: limit * ALIKE_GROWS_BY });
  return true;
}

/** “20 items failed the same way (s3-denied) and none succeeded in between: Access to … was refused. Resume …” */
function words(alike: number, { errorClass, error }: Failure): string {
  const end = /[.!?…”]$/.test(error) ? "" : ".";
  return `${count(alike)} items failed the same way (${errorClass}) and none succeeded in between: ${error}${end} Resume the run to go on, or cancel it.`;
}
