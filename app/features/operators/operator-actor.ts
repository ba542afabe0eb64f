import type { Actor } from "~/features/audit-log/record-event";

/** An operator as the one who does something. */
export const actorOf = ({ id, name }: { id: number; name: string }): Actor => ({ id: `operator:${id}`, name });
