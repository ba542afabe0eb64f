import { DomainError } from "~/features/domain-error";
import type { Tx } from "~/ports/db.server";
import type { AllowLists } from "./allow-list";
import { admit } from "./decide-sign-in";
import { toKnown } from "./known-operator.server";

/** @throws DomainError "not-found" for who is no operator, or was removed */
export async function requirePresent(tx: Tx, operatorId: number) {
  const operator = await tx.operator.findFirst({ where: { id: operatorId, removedAt: null } });
  if (!operator) throw new DomainError("not-found", "There is no such operator, or they were removed already.");
  return operator;
}

/**
 * Asked after the change that took a role or an operator away, in its transaction, which a refusal undoes. An admin who
 * never signed in, or whom nothing lets in any more, is none to rely on.
 * @throws DomainError "conflict" when no admin is left
 */
export async function requireAdminLeft(tx: Tx, lists: AllowLists, email: string): Promise<void> {
  const admins = await tx.operator.findMany({ where: { role: "admin", removedAt: null, sub: { not: null } } });
  if (admins.some((admin) => !("refusal" in admit(lists, toKnown(admin), admin)))) return;
  const refusal = `${email} is the last admin who can sign in. Make someone else an admin and have them sign in first.`;
  throw new DomainError("conflict", refusal);
}
