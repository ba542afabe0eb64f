import { DomainError } from "~/features/domain-error";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";

/** @throws DomainError "conflict" for a name that another view of the operator has */
export async function requireFree(tx: Tx, { operatorId, name }: { operatorId: number; name: string }, ownId?: number) {
  const taken = await tx.savedView.findUnique({ where: { operatorId_name: { operatorId, name } } });
  if (!taken || taken.id === ownId) return;
  throw new DomainError("conflict", `You have a view called ${quote(name)} already. Choose another name.`);
}
