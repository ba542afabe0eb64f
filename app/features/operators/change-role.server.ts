import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { AllowLists } from "./allow-list";
import { dropExpiredSessions } from "./drop-expired-sessions.server";
import { requireAdminLeft, requirePresent } from "./require-operator.server";
import type { Role } from "./role";

/**
 * Gives an operator another role, from their next request on.
 * @throws DomainError "not-found" for who is no operator (any more), "conflict" for a role they have or the last admin
 */
export async function changeRole(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  lists: AllowLists,
  { operatorId, role, actor }: { operatorId: number; role: Role; actor: Actor },
): Promise<{ email: string }> {
  const at = clock.now();
  return db.$write(async (tx) => {
    await dropExpiredSessions(tx, at);
    const before = await requirePresent(tx, operatorId);
    const { email } = before;
    if (before.role === role) throw new DomainError("conflict", `${email} has the role ${quote(role)} already.`);
    await tx.operator.update({ where: { id: operatorId }, data: { role } });
    await requireAdminLeft(tx, lists, before);
    const sentence = `The role of ${email} is ${quote(role)}, no longer ${quote(before.role)}`;
    await recordEvent(tx, { at, actor, action: "operator.change-role", subject: `operator:${operatorId}`, sentence });
    return { email };
  });
}
