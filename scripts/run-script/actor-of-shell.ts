import { userInfo } from "node:os";
import type { Actor } from "~/features/audit-log/record-event";

/** Who runs a script, as the audit log names them. */
export function actorOfShell(): Actor {
  const { username } = userInfo();
  return { id: `script:${username}`, name: `${username} (script)` };
}
