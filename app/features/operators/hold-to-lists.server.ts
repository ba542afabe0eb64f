import { recordEvent } from "~/features/audit-log/record-event";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { AllowLists } from "./allow-list";
import { admit } from "./decide-sign-in";
import { dropExpiredSessions } from "./drop-expired-sessions.server";
import { toKnown } from "./known-operator.server";
import { listsActor, recordLowered } from "./record-lowered.server";

/**
 * Holds whom the lists let in to the lists as they are now, and to the organization of their last sign-in: whom no list
 * lets in any more is signed out, and who is left with another list has its role at most. Whom an admin added stays.
 * Done when the web process starts, which reads the lists; each sign-in asks the same again.
 */
export async function holdToLists({ db, clock }: { db: Db; clock: Clock }, lists: AllowLists): Promise<void> {
  const at = clock.now();
  await db.$write(async (tx) => {
    await dropExpiredSessions(tx, at);
    const operators = await tx.operator.findMany({ where: { removedAt: null }, orderBy: { id: "asc" } });
    for (const operator of operators) {
      const { id, email } = operator;
      const known = toKnown(operator);
      const admission = admit(lists, known, operator);
      if ("refusal" in admission) {
        const { count } = await tx.session.deleteMany({ where: { operatorId: id } });
        if (count === 0) continue;
        const why =
          known.letInBy === null
            ? "their Google account is not known yet; it is kept from their next sign-in on"
            : "no list lets them in any more";
        const sentence = `${email} is signed out: ${why}`;
        await recordEvent(tx, {
          at,
          actor: listsActor,
          action: "operator.end-sessions",
          subject: `operator:${id}`,
          sentence,
        });
      } else if (known.letInBy !== null && known.letInBy !== admission.letInBy) {
        await tx.operator.update({ where: { id }, data: admission });
        if (known.role === admission.role) continue;
        await recordLowered(tx, { at, operatorId: id, email, before: known.role, role: admission.role });
      }
    }
  });
}
