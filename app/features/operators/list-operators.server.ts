import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { AllowLists } from "./allow-list";
import type { KnownOperator } from "./decide-sign-in";
import { isLetIn } from "./is-let-in";
import { toKnown } from "./known-operator.server";
import type { OperatorState, OperatorView } from "./operator-view";
import { hasRole } from "./role";

/** Everyone who is or was an operator: those who are first, admins before the others, then by name. */
export async function listOperators(
  { db, clock }: { db: Db; clock: Clock },
  lists: AllowLists,
): Promise<OperatorView[]> {
  const rows = await db.operator.findMany({
    include: { sessions: { where: { expiresAt: { gt: clock.now() } }, select: { sub: true } } },
  });
  return rows
    .map((row) => {
      const { id, email, name, organization, createdAt, signedInAt, removedAt } = row;
      const known = toKnown(row);
      return {
        ...{ id, email, name, createdAt, signedInAt, removedAt },
        role: known.role,
        letInBy: known.letInBy,
        state: stateOf(lists, known, organization),
        sessions: known.isRemoved ? 0 : row.sessions.filter(({ sub }) => sub === row.sub).length,
      };
    })
    .sort(inOrder);
}

function stateOf(lists: AllowLists, known: KnownOperator, organization: string | null): OperatorState {
  if (known.isRemoved) return "removed";
  if (!isLetIn(lists, known, organization)) return "off-lists";
  return known.sub === null ? "account-unknown" : "in";
}

function inOrder(one: OperatorView, other: OperatorView): number {
  const removed = Number(one.state === "removed") - Number(other.state === "removed");
  if (removed !== 0) return removed;
  if (one.role !== other.role) return hasRole(one.role, other.role) ? -1 : 1;
  return one.name.localeCompare(other.name) || one.id - other.id;
}
