import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { DomainError } from "~/features/domain-error";
import { quote, quoteKey } from "~/quote";
import type { Known } from "./group-action";

/** @throws DomainError "not-found" for a group that the last audit did not see */
export async function requireSeen(known: Known, group: string): Promise<void> {
  if (await isSeen(known, group)) return;
  const { prefix } = known.root;
  throw new DomainError(
    "not-found",
    `The last audit saw no folder ${quote(group)} in ${quoteKey(prefix)}. Audit again.`,
  );
}

/** Whether the last audit of the root saw this group. */
export async function isSeen({ db, root }: Known, group: string): Promise<boolean> {
  const newest = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    select: { groups: { where: { name: group }, select: { id: true } } },
  });
  return newest !== null && newest.groups.length > 0;
}
