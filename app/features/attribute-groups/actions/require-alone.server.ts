import { requireApart } from "~/features/job-runs/commands/require-apart.server";
import { jsonColumn } from "~/features/json-column";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Tx } from "~/ports/db.server";
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
  await requireApart(tx, { runId, kinds: groupActions.map(({ kind }) => kind) }, (other) => {
    const theirs = claimOf(other);
    return theirs.root === root.name ? theirs.groups(root.prefix).find((group) => mine.has(group)) : undefined;
  });
}

/** The root that a run acts on, and the groups that it changes. */
function claimOf({ kind, payload }: { kind: string; payload: string }) {
  const action = requireGroupAction(kind);
  const asked = jsonColumn(action.payload).parse(payload);
  return { root: asked.root, groups: (prefix: string) => action.groupsOf(asked, prefix) };
}
