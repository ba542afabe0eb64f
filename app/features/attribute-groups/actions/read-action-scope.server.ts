import { parseAttributes } from "~/features/attribute-groups/read-groups.server";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { patternAttributes } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db } from "~/ports/db.server";
import type { ActionScope } from "./action-scope";

/**
 * How names of a root are read, and the groups of its newest snapshot; no group when it was never audited.
 * @throws DomainError "not-found" for a root that labels/schema.json does not have
 */
export async function readActionScope({ db }: { db: Db }, input: { root: string }): Promise<ActionScope> {
  const { attributes, roots } = await loadLabelSchema();
  const root = findRoot({ attributes, roots }, input.root);
  const used = patternAttributes(root.group);
  const snapshot = await db.groupSnapshot.findFirst({
    ...newestOf(root.name),
    select: { groups: { orderBy: { name: "asc" }, select: { name: true, attributes: true } } },
  });
  return {
    root,
    schema: {
      attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => used.includes(name))),
      roots: [root],
    },
    groups: (snapshot?.groups ?? []).map((group) => ({ ...group, attributes: parseAttributes(group.attributes) })),
  };
}
