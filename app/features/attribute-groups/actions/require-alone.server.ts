import { DomainError } from "~/features/domain-error";
import { underWay } from "~/features/job-runs/status";
import { jsonColumn } from "~/features/json-column";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import { groupActions, requireGroupAction } from "./group-actions.server";

/**
 * The guard of every action: no run is under way on a group that this one changes too, for two at once would leave the
 * group in two halves. For the transaction that starts, applies or retries the run.
 * @throws DomainError "conflict" that names the other run
 */
export async function requireAlone(tx: Tx, runId: number): Promise<void> {
  const run = await tx.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { kind: true, payload: true } });
  const schema = await loadLabelSchema();
  const claim = claimOf(run);
  const root = findRoot(schema, claim.root);
  const mine = new Set(claim.groups(root.prefix));
  const others = await tx.jobRun.findMany({
    where: { id: { not: runId }, kind: { in: groupActions.map(({ kind }) => kind) }, status: { in: [...underWay] } },
    select: { id: true, kind: true, payload: true, title: true, status: true },
    orderBy: { id: "asc" },
  });
  for (const other of others) {
    const theirs = claimOf(other);
    if (theirs.root !== root.name) continue;
    const shared = theirs.groups(root.prefix).find((group) => mine.has(group));
    if (shared === undefined) continue;
    const [state, advice] =
      other.status === "paused" ? ["paused", "Resume or cancel it first"] : ["at work", "Wait until it ends"];
    throw new DomainError("conflict", `Run ${other.id} (${other.title}) is ${state} on ${quote(shared)}. ${advice}.`);
  }
}

/** The root that a run acts on, and the groups that it changes. */
function claimOf({ kind, payload }: { kind: string; payload: string }) {
  const action = requireGroupAction(kind);
  const asked = jsonColumn(action.payload).parse(payload);
  return { root: asked.root, groups: (prefix: string) => action.groupsOf(asked, prefix) };
}
