import type { ImageSelection } from "~/features/images/query/image-selection";
import type { OwnerNames } from "~/features/images/query/image-words";
import type { Db } from "~/ports/db.server";

/** What the owners are called by whom images are selected, for those that there are. */
export async function readOwnerNames(db: Db, selections: ImageSelection[]): Promise<OwnerNames> {
  const ids = selections.flatMap((selection) => ("query" in selection ? (selection.query.owner ?? []) : []));
  if (ids.length === 0) return new Map();
  const owners = await db.owner.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(owners.map(({ id, name }) => [id, name]));
}
