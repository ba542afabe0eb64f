import { DomainError } from "~/features/domain-error";
import { underWay } from "~/features/job-runs/status";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";

/**
 * Holds that no other run of these kinds is under way on what this run changes, too. For the guard of a kind.
 * @param findShared what both change, as people call it; undefined: nothing
 * @throws DomainError "conflict" that names the other run
 */
export async function requireApart(
  tx: Tx,
  { runId, kinds }: { runId: number; kinds: string[] },
  findShared: (other: { kind: string; payload: string }) => string | undefined,
): Promise<void> {
  const others = await tx.jobRun.findMany({
    where: { id: { not: runId }, kind: { in: kinds }, status: { in: [...underWay] } },
    select: { id: true, kind: true, payload: true, title: true, status: true },
    orderBy: { id: "asc" },
  });
  for (const other of others) {
    const shared = findShared(other);
    if (shared === undefined) continue;
    const [state, advice] =
      other.status === "paused" ? ["paused", "Resume or cancel it first"] : ["at work", "Wait until it ends"];
    throw new DomainError("conflict", `Run ${other.id} (${other.title}) is ${state} on ${quote(shared)}. ${advice}.`);
  }
}
