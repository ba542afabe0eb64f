import { quote } from "~/quote";

/** planning → planned → pending → running ⇄ paused → succeeded | failed | cancelled: as they are stored, each in words. */
export const statusWords = {
  planning: "Planning",
  planned: "Planned",
  pending: "Waiting for a worker",
  running: "Running",
  paused: "Paused",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Canceled",
};

export type RunStatus = keyof typeof statusWords;

const isStatus = (text: string): text is RunStatus => Object.hasOwn(statusWords, text);
export const statuses = Object.keys(statusWords).filter(isStatus);

/** Statuses that a run never leaves. */
export const finalStatuses: readonly RunStatus[] = ["succeeded", "failed", "cancelled"];

/** Its items are done, or wait for a worker to do them. */
export const working: readonly RunStatus[] = ["pending", "running"];

/** Applied and not over, so that what it changes may be changed in part: a paused run is under way, too. */
export const underWay: readonly RunStatus[] = [...working, "paused"];

/** A worker has the run in its hands, or is about to: what counts as work in progress, the making of plans included. */
export const inHand: readonly RunStatus[] = ["planning", ...working];

/** What `inHand` is called where lists are filtered by a status. */
export const IN_PROGRESS = "in-progress";

export const isFinished = (status: string) => finalStatuses.some((final) => final === status);

/** A status column's text. Throws for any other, which only a newer version of the code could have written. */
export function toRunStatus(text: string): RunStatus {
  if (isStatus(text)) return text;
  throw new Error(`${quote(text)} is not a status of a run.`);
}

/** A status within a sentence: "Run 3 is waiting for a worker". */
export const statusInSentence = (status: string) => statusWords[toRunStatus(status)].toLowerCase();
