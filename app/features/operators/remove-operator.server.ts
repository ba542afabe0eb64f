import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { AllowLists } from "./allow-list";
import { requireAdminLeft, requirePresent } from "./require-operator.server";

/**
 * Takes an operator's access away, at once and whatever the lists say; their history keeps their name.
 * @throws DomainError "not-found" for who is no operator (any more), "conflict" for the last admin
 */
export async function removeOperator(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  lists: AllowLists,
  { operatorId, actor }: { operatorId: number; actor: Actor },
): Promise<{ email: string }> {
  const at = clock.now();
  return db.$write(async (tx) => {
    await tx.session.deleteMany({ where: { operatorId } });
    const before = await requirePresent(tx, operatorId);
    const { email } = before;
    await tx.operator.update({ where: { id: operatorId }, data: { removedAt: at } });
    await requireAdminLeft(tx, lists, before);
    const sentence = `${email} was removed from the operators`;
    await recordEvent(tx, { at, actor, action: "operator.remove", subject: `operator:${operatorId}`, sentence });
    return { email };
  });
}
