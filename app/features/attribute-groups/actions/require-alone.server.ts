import { DomainError } from "~/features/domain-error";
import type { RunStatus } from "~/features/job-runs/status";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import { groupActions, groupsOf, toGroupAction } from "./group-actions";

const UNDER_WAY: RunStatus[] = ["pending", "running", "paused"];

/**
 * Holds that no run is at work on a group that this one changes too: two at once would leave the group in two halves.
 * A run of any other kind than the actions' is left alone. For the transaction that starts or applies it.
 * @throws DomainError "conflict" that names the other run
 */
export async function requireAlone(tx: Tx, runId: number): Promise<void> {
  const run = await tx.jobRun.findUnique({ where: { id: runId }, select: { kind: true, payload: true } });
  const action = run && toGroupAction(run.kind, JSON.parse(run.payload));
  if (!action) return;
  const root = findRoot(await loadLabelSchema(), action.root);
  const mine = new Set(groupsOf(action, root.prefix));
  const others = await tx.jobRun.findMany({
    where: { id: { not: runId }, kind: { in: Object.keys(groupActions) }, status: { in: UNDER_WAY } },
    select: { id: true, kind: true, payload: true, title: true, status: true },
    orderBy: { id: "asc" },
  });
  for (const { id, kind, payload, title, status } of others) {
    const other = toGroupAction(kind, JSON.parse(payload));
    if (other?.root !== root.name) continue;
    const shared = groupsOf(other, root.prefix).find((group) => mine.has(group));
    if (shared === undefined) continue;
    const [state, advice] =
      status === "paused" ? ["paused", "Resume or cancel it first"] : ["at work", "Wait for its end"];
    throw new DomainError("conflict", `Run ${id} (${title}) is ${state} on ${quote(shared)}. ${advice}.`);
  }
}
