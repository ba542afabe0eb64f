import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import type { Tx } from "~/ports/db.server";
import { quote } from "~/quote";
import type { Role } from "./role";

/** Who acts where the lists of the environment change something by themselves. */
export const listsActor: Actor = { id: "lists", name: "The lists of the environment" };

/** Notes that an operator left the list that let them in, and has the lower role of another one now. */
export function recordLowered(
  tx: Tx,
  { at, operatorId, email, before, role }: { at: Date; operatorId: number; email: string; before: Role; role: Role },
): Promise<unknown> {
  return recordEvent(tx, {
    at,
    actor: listsActor,
    action: "operator.change-role",
    subject: `operator:${operatorId}`,
    sentence: `The role of ${email} is ${quote(role)}, no longer ${quote(before)}: they left the list that let them in`,
  });
}
