import type { Tx } from "~/ports/db.server";

/** Who or what acts: "operator:3", "script:mina", "schedule:audit-groups"; `name` is what pages show. */
export type Actor = { id: string; name: string };

/**
 * Adds one action to the audit log, in the transaction of the change that it tells of: neither exists alone.
 * @param event.action "run.apply", "schedule.disable", …: what the log is filtered by
 * @param event.subject "run:12": what was acted on
 */
export function recordEvent(
  tx: Pick<Tx, "auditEvent">,
  event: { at: Date; actor: Actor; action: string; subject: string; sentence: string; detail?: object },
): Promise<unknown> {
  const { at, actor, action, subject, sentence, detail = {} } = event;
  return tx.auditEvent.create({
    data: {
      at,
      actor: actor.id,
      actorName: actor.name,
      action,
      subject,
      sentence,
      detail: JSON.stringify(detail),
    },
    select: { id: true },
  });
}
