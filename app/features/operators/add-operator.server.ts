import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { AllowLists } from "./allow-list";
import { dropExpiredSessions } from "./drop-expired-sessions.server";
import { isLetIn } from "./is-let-in";
import { toKnown } from "./known-operator.server";
import { readOperatorEmail } from "./operator-email";
import type { Role } from "./role";

/**
 * Lets an address in whatever the lists say, until an admin removes it. The first Google account that signs in with it is
 * taken over. Who was removed before gets a new start; who is an operator and whom no list lets in any more comes back.
 * @throws DomainError "invalid" for what is no address, "conflict" for who can sign in already
 */
export async function addOperator(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  lists: AllowLists,
  { email: written, role, actor }: { email: string; role: Role; actor: Actor },
): Promise<{ operatorId: number; email: string }> {
  const read = readOperatorEmail(written);
  if ("complaint" in read) throw new DomainError("invalid", read.complaint);
  const { email } = read;
  const at = clock.now();
  return db.$write(async (tx) => {
    await dropExpiredSessions(tx, at);
    const present = await tx.operator.findFirst({ where: { email, removedAt: null } });
    if (present && isLetIn(lists, toKnown(present), present.organization)) {
      const refusal = `${email} is an operator already, with the role ${quote(present.role)}. Change the role instead.`;
      throw new DomainError("conflict", refusal);
    }
    const data = { role, letInBy: "admin" };
    const { id } = present
      ? await tx.operator.update({ where: { id: present.id }, data, select: { id: true } })
      : await tx.operator.create({ data: { ...data, email, name: email, createdAt: at }, select: { id: true } });
    const sentence = `${email} was added to the operators as ${quote(role)}`;
    await recordEvent(tx, { at, actor, action: "operator.add", subject: `operator:${id}`, sentence });
    return { operatorId: id, email };
  });
}
