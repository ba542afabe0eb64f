import { DomainError } from "~/features/domain-error";
import type { Tx } from "~/ports/db.server";

/**
 * Begins whatever changes the decisions of a label run: the write that takes the database's lock, so that nothing read after
 * it can change before it ends.
 * @param runId of its job run
 * @throws DomainError "not-found"
 */
export async function touchReview(tx: Tx, runId: number): Promise<{ labelRunId: number }> {
  const [row] = await tx.labelRun.updateManyAndReturn({
    where: { jobRunId: runId },
    data: { reviewRev: { increment: 1 } },
    select: { id: true },
  });
  if (!row) throw new DomainError("not-found", `There is no label run ${runId}.`);
  return { labelRunId: row.id };
}
