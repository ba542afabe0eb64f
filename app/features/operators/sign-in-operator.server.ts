import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { type AllowLists, type Identity, roleAtFirstSignIn } from "./allow-list";

/**
 * The operator of a verified identity, or why they may not sign in. The lists decide only the first time; from then on
 * the table does, so that a changed role stays and a removed operator stays out.
 */
export async function signInOperator(
  { db, clock }: { db: Db; clock: Clock },
  lists: AllowLists,
  identity: Identity,
): Promise<{ operatorId: number } | { refusal: string }> {
  const { email, name } = identity;
  const now = clock.now();
  const known = await db.operator.findUnique({ where: { email } });
  if (known?.removedAt) {
    return { refusal: `${email} was removed from the operators. Ask an admin to add it again.` };
  }
  if (known) {
    await db.operator.update({ where: { email }, data: { name, signedInAt: now } });
    return { operatorId: known.id };
  }
  const first = roleAtFirstSignIn(lists, identity);
  if ("refusal" in first) return first;
  // Two first sign-ins at once make one row.
  const { id } = await db.operator.upsert({
    where: { email },
    create: { email, name, role: first.role, createdAt: now, signedInAt: now },
    update: { name, signedInAt: now },
  });
  return { operatorId: id };
}
