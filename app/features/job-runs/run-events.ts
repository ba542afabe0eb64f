import { type Actor, recordEvent } from "~/features/audit-log/record-event";
import type { Tx } from "~/ports/db.server";

const sentences = {
  start: (run: string) => `Started ${run}`,
  apply: (run: string) => `Applied the plan of ${run}`,
  pause: (run: string) => `Paused ${run}`,
  resume: (run: string) => `Resumed ${run}`,
  cancel: (run: string) => `Canceled ${run}`,
  retry: (run: string) => `Retried failed items of ${run}`,
  undo: (run: string) => `Started to undo ${run}`,
};

export type RunVerb = keyof typeof sentences;

/** Whoever acts when no person, schedule or script does: a run that pauses itself. */
export const consoleActor: Actor = { id: "console", name: "The console" };

/** Tells the audit log what was done to a run, in the transaction that does it. */
export function recordRunEvent(
  tx: Tx,
  event: { at: Date; actor: Actor; runId: number; title: string; verb: RunVerb; detail?: object },
): Promise<unknown> {
  const { at, actor, runId, title, verb, detail } = event;
  return recordEvent(tx, {
    at,
    actor,
    action: `run.${verb}`,
    subject: `run:${runId}`,
    sentence: sentences[verb](`run ${runId} (${title})`),
    ...(detail && { detail }),
  });
}
