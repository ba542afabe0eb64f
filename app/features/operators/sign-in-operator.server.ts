import { recordEvent } from "~/features/audit-log/record-event";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { AllowLists, Identity } from "./allow-list";
import { decideSignIn } from "./decide-sign-in";
import { dropExpiredSessions } from "./drop-expired-sessions.server";
import { toKnown } from "./known-operator.server";
import { actorOf } from "./operator-actor";
import { recordLowered } from "./record-lowered.server";
import { recordRefusal } from "./record-refusal.server";

/**
 * The operator of a verified identity, or why they may not sign in. Google's account says who it is; the lists and the
 * organization rule whom they let in, each time; the table rules the role, so that a changed one stays. The first
 * sign-in of an operator, or the first after a release, takes the account over.
 */
export function signInOperator(
  { db, clock }: { db: Db; clock: Clock },
  lists: AllowLists,
  identity: Identity,
): Promise<{ operatorId: number } | { refusal: string }> {
  const { sub, email, name, organization } = identity;
  const now = clock.now();
  return db.$write(async (tx) => {
    await dropExpiredSessions(tx, now);
    const rows = await tx.operator.findMany({ where: { OR: [{ sub }, { email }] }, orderBy: { id: "desc" } });
    const decision = decideSignIn(lists, rows.map(toKnown), identity);
    if ("refusal" in decision) {
      await recordRefusal(tx, { at: now, ...decision });
      return { refusal: decision.refusal };
    }
    const { letInBy, role } = decision;
    const data = { sub, email, name, organization, letInBy, role, signedInAt: now };
    const before = rows.find(({ id }) => id === decision.operatorId);
    const { id } = before
      ? await tx.operator.update({ where: { id: before.id }, data, select: { id: true } })
      : await tx.operator.create({ data: { ...data, createdAt: now }, select: { id: true } });
    if (before?.sub === null) {
      // Who comes back after a removal is a new operator; by the account they are known to be the same person.
      const former = { sub, id: { not: id }, removedAt: { not: null } };
      await tx.savedView.updateMany({ where: { operator: former }, data: { operatorId: id } });
    }
    const known = before && toKnown(before);
    if (known && known.role !== role) {
      await recordLowered(tx, { at: now, operatorId: id, email, before: known.role, role });
    }
    const changes = [
      ...(before ? [] : [`let in as ${quote(role)}`]),
      ...(before && before.email !== email ? [`the address was ${before.email}`] : []),
    ];
    await recordEvent(tx, {
      at: now,
      actor: actorOf({ id, name }),
      action: "operator.sign-in",
      subject: `operator:${id}`,
      sentence: [`${email} signed in`, ...changes].join("; "),
      detail: { letInBy },
    });
    return { operatorId: id };
  });
}
