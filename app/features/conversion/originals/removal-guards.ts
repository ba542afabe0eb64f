import { DomainError } from "~/features/domain-error";
import { underWay } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import type { Tx } from "~/ports/db.server";
import { CONVERT_IMAGES, REMOVE_ORIGINALS, removal } from "./removal";

const isUnderWay = { status: { in: [...underWay] } };

/**
 * The guard of conversions and their undos: one at a time, for what one puts another would take for its own; and no undo of one begins while
 * its originals are removed.
 * @throws DomainError "conflict" that names the other run
 */
export async function requireKept(tx: Tx, runId: number): Promise<void> {
  await refuseOtherConversion(tx, runId);
  const { undoOfId } = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { undoOfId: true } });
  if (undoOfId !== null) await refuseOtherRemoval(tx, runId, undoOfId);
}

/**
 * The guard of removals: of a conversion, one at a time for it, and none while that or its undo is at work.
 * @throws DomainError "not-found" for no conversion's run; "conflict" that names the other run
 */
export async function requireSettled(tx: Tx, runId: number): Promise<void> {
  const converted = removalOf(await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { payload: true } }));
  await requireConversion(tx, converted);
  await refuseOtherRemoval(tx, runId, converted);
  const other = await tx.jobRun.findFirst({
    where: { OR: [{ id: converted }, { undoOfId: converted }], ...isUnderWay },
    select: { id: true },
  });
  if (other) throw atWork(other.id, converted);
}

async function requireConversion(tx: Tx, id: number) {
  const run = await tx.jobRun.findUnique({ where: { id }, select: { kind: true, title: true, undoOfId: true } });
  if (!run) throw new DomainError("not-found", `There is no run ${id}.`);
  if (run.kind === CONVERT_IMAGES && run.undoOfId === null) return;
  throw new DomainError("not-found", `Run ${id} (${run.title}) is no conversion, so it keeps no originals.`);
}

async function refuseOtherConversion(tx: Tx, runId: number) {
  const other = await tx.jobRun.findFirst({
    where: { id: { not: runId }, kind: CONVERT_IMAGES, ...isUnderWay },
    select: { id: true, title: true },
  });
  if (!other) return;
  const sentence = `Run ${other.id} (${other.title}) converts images, too, and one run does at a time. Wait until it ends, or cancel it.`;
  throw new DomainError("conflict", sentence);
}

async function refuseOtherRemoval(tx: Tx, runId: number, converted: number) {
  const removals = await tx.jobRun.findMany({
    where: { id: { not: runId }, kind: REMOVE_ORIGINALS, ...isUnderWay },
    select: { id: true, payload: true },
  });
  const other = removals.find((run) => removalOf(run) === converted);
  if (other) throw atWork(other.id, converted);
}

const removalOf = ({ payload }: { payload: string }) => jsonColumn(removal).parse(payload).runId;

const atWork = (runId: number, converted: number) =>
  new DomainError("conflict", `Run ${runId} is at work on the originals of run ${converted}. Wait until it ends.`);
