import type { Actor } from "~/features/audit-log/record-event";

/** The signed-in operator as the one who acts, for runs and the audit log. */
export const actorOf = (operator: { id: number; name: string }): Actor => ({
  id: `operator:${operator.id}`,
  name: operator.name,
});
