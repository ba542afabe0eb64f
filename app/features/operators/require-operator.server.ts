import { DomainError } from "~/features/domain-error";
import type { Tx } from "~/ports/db.server";
import type { AllowLists } from "./allow-list";
import { isLetIn } from "./is-let-in";
import { toKnown } from "./known-operator.server";

type Operator = Parameters<typeof toKnown>[0] & { organization: string | null };

/** @throws DomainError "not-found" for who is no operator, or was removed */
export async function requirePresent(tx: Tx, operatorId: number) {
  const operator = await tx.operator.findFirst({ where: { id: operatorId, removedAt: null } });
  if (!operator) throw new DomainError("not-found", "There is no such operator, or they were removed already.");
  return operator;
}

/**
 * Asked after the change that took a role or an operator away, in its transaction, which a refusal undoes. An admin who
 * never signed in, or whom nothing lets in any more, is none to rely on: one may go, and does not stand for another.
 * @throws DomainError "conflict" when the last admin who can sign in was changed
 */
export async function requireAdminLeft(tx: Tx, lists: AllowLists, before: Operator): Promise<void> {
  if (!canAdminister(lists, before)) return;
  const admins = await tx.operator.findMany({ where: { role: "admin", removedAt: null } });
  if (admins.some((admin) => canAdminister(lists, admin))) return;
  const refusal = `${before.email} is the last admin who can sign in. Make someone else an admin and have them sign in first.`;
  throw new DomainError("conflict", refusal);
}

function canAdminister(lists: AllowLists, operator: Operator): boolean {
  const known = toKnown(operator);
  return known.role === "admin" && known.sub !== null && isLetIn(lists, known, operator.organization);
}
