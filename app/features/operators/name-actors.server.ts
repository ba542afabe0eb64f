import type { Db } from "~/ports/db.server";

/** An operator's id, as what people do is signed with it. */
const OPERATOR = /^operator:(\d+)$/;

/**
 * The present names of those who did something, removed operators among them.
 * @param actors as they are kept ("operator:3"); one who is no operator is named by what is kept
 */
export async function nameActors(db: Db, actors: readonly string[]): Promise<(actor: string) => string> {
  const ids = new Set(actors.flatMap((actor) => OPERATOR.exec(actor)?.[1] ?? []).map(Number));
  const operators = await db.operator.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  const names = new Map(operators.map(({ id, name }) => [`operator:${id}`, name]));
  return (actor) => names.get(actor) ?? actor;
}
