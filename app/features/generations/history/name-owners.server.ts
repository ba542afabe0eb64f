import type { Db } from "~/ports/db.server";

/** What owners are called, by their ids; one that is not known goes by its id. */
export async function nameOwners(db: Db, ids: readonly string[]) {
  const found = await db.owner.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return (id: string): { id: string; name: string } => ({ id, name: names.get(id) ?? id });
}
