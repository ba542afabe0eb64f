import { DomainError } from "~/features/domain-error";
import type { Db } from "~/ports/db.server";

/** @throws DomainError "not-found" when no operator who is not removed has this address */
export async function findOperatorId(db: Db, email: string): Promise<number> {
  const operator = await db.operator.findFirst({ where: { email, removedAt: null }, select: { id: true } });
  if (!operator) throw new DomainError("not-found", `${email} is not an operator.`);
  return operator.id;
}
