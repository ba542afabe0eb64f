import { DomainError } from "~/features/domain-error";
import { requireApart } from "~/features/job-runs/commands/require-apart.server";
import { underWay } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import { removal } from "./removal";

const REMOVE_ORIGINALS = "remove-originals";

/**
 * The guard of conversions: no undo of one begins while its originals are removed.
 * @throws DomainError "conflict" that names the other run
 */
export async function requireKept(tx: Tx, runId: number): Promise<void> {
  const { undoOfId } = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { undoOfId: true } });
  if (undoOfId === null) return;
  await requireApart(tx, { runId, kinds: [REMOVE_ORIGINALS] }, (other) =>
    removalOf(other) === undoOfId ? `the originals of run ${undoOfId}` : undefined,
  );
}

/**
 * The guard of removals: one at a time for a run, and none while that run or its undo is at work.
 * @throws DomainError "conflict" that names the other run
 */
export async function requireSettled(tx: Tx, runId: number): Promise<void> {
  const run = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { payload: true } });
  const converted = removalOf(run);
  const what = `the originals of run ${converted}`;
  await requireApart(tx, { runId, kinds: [REMOVE_ORIGINALS] }, (other) =>
    removalOf(other) === converted ? what : undefined,
  );
  const conversion = { OR: [{ id: converted }, { undoOfId: converted }] };
  const atWork = await tx.jobRun.findFirst({
    where: { ...conversion, status: { in: [...underWay] } },
    select: { id: true },
  });
  if (atWork) throw new DomainError("conflict", `Run ${atWork.id} is at work on ${what}. Wait until it ends.`);
}

const removalOf = ({ payload }: { payload: string }) => jsonColumn(removal).parse(payload).runId;
