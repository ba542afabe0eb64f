import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { plural } from "~/features/format";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { dropExpiredSessions } from "./drop-expired-sessions.server";
import { requirePresent } from "./require-operator.server";

/**
 * Signs an operator out in every browser; they may sign in again.
 * @throws DomainError "not-found" for who is no operator (any more), "conflict" where they are signed in nowhere
 */
export async function endSessions(
  { db, clock }: { db: Pick<Db, "$write">; clock: Clock },
  { operatorId, actor }: { operatorId: number; actor: Actor },
): Promise<{ email: string; ended: number }> {
  const at = clock.now();
  return db.$write(async (tx) => {
    await dropExpiredSessions(tx, at);
    const { email } = await requirePresent(tx, operatorId);
    const { count: ended } = await tx.session.deleteMany({ where: { operatorId } });
    if (ended === 0) throw new DomainError("conflict", `${email} is not signed in anywhere.`);
    const sentence = `${email} was signed out of ${plural(ended, "browser")}`;
    await recordEvent(tx, { at, actor, action: "operator.end-sessions", subject: `operator:${operatorId}`, sentence });
    return { email, ended };
  });
}
