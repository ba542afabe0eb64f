import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readNewName } from "~/features/label-schema/new-group-name";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { type GroupActionRequest, groupActions } from "./group-actions";
import { groupOfKey, requireBelow } from "./picked-keys";
import { requireAlone } from "./require-alone.server";

/**
 * Starts an action on attribute groups, as a run whose plan is then read. What the last audit and the schema can tell is
 * refused here and now; the plan looks at S3 itself.
 * @throws DomainError "not-found" (root, or a group that the last audit did not see), "invalid" (a name that cannot be
 * read, a key outside of the root), "conflict" (nothing to do, or another run is at work on the group)
 */
export async function startGroupAction(
  { db, clock }: { db: Db; clock: Clock },
  action: GroupActionRequest,
  actor: Actor,
): Promise<{ runId: number }> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, action.root);
  const { kind, ...payload } = await check({ db, schema, root }, action);
  const definition: JobDefinition = groupActions[kind];
  return startRun({ db, clock }, definition, { payload, actor, within: requireAlone });
}

type Known = { db: Db; schema: LabelSchema; root: AttributeRoot };

/** @returns the action with its new name as it will be written */
async function check(known: Known, action: GroupActionRequest): Promise<GroupActionRequest> {
  const { schema, root } = known;
  switch (action.kind) {
    case "rename-group": {
      const { name } = readNewName(schema, root, action.name);
      if (name === action.group) throw new DomainError("conflict", `The group is called ${quote(name)} already.`);
      await requireSeen(known, action.group);
      return { ...action, name };
    }
    case "merge-groups":
      if (action.group === action.into) {
        throw new DomainError("invalid", `${quote(action.group)} cannot be merged with itself. Choose another group.`);
      }
      await requireSeen(known, action.group);
      await requireSeen(known, action.into);
      return action;
    case "move-images":
      requireBelow(root, action.keys);
      if (await isSeen(known, action.to)) return action;
      return { ...action, to: readNewName(schema, root, action.to).name };
    case "quarantine-objects":
      requireBelow(root, action.keys);
      return action;
    case "set-reference":
      groupOfKey(root, action.key);
      return action;
  }
}

async function requireSeen(known: Known, group: string): Promise<void> {
  if (await isSeen(known, group)) return;
  const { prefix } = known.root;
  throw new DomainError("not-found", `The last audit saw no folder ${quote(group)} in ${prefix}. Audit again.`);
}

async function isSeen({ db, root }: Known, group: string): Promise<boolean> {
  const newest = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    select: { groups: { where: { name: group }, select: { id: true } } },
  });
  return newest !== null && newest.groups.length > 0;
}
