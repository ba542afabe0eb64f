import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { requirePresent } from "./require-operator.server";

/**
 * Forgets which Google account an operator has and signs them out: the next account that signs in with the address, and
 * that the lists let in, is theirs. For a person whose account was made again.
 * @throws DomainError "not-found" for who is no operator (any more), "conflict" where no account is kept
 */
export async function releaseAccount(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  { operatorId, actor }: { operatorId: number; actor: Actor },
): Promise<{ email: string }> {
  const at = clock.now();
  return db.$write(async (tx) => {
    await tx.session.deleteMany({ where: { operatorId } });
    const { email, sub } = await requirePresent(tx, operatorId);
    if (sub === null) {
      const refusal = `No Google account of ${email} is kept: the next one that signs in with this address is taken over.`;
      throw new DomainError("conflict", refusal);
    }
    await tx.operator.update({ where: { id: operatorId }, data: { sub: null } });
    const sentence = `The Google account of ${email} was released: the next one with this address is taken over`;
    await recordEvent(tx, { at, actor, action: "operator.release", subject: `operator:${operatorId}`, sentence });
    return { email };
  });
}
