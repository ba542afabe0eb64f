import { quote } from "~/quote";

/** DESIGN §5: planning → planned → pending → running ⇄ paused → succeeded | failed | cancelled. */
const statuses = ["planning", "planned", "pending", "running", "paused", "succeeded", "failed", "cancelled"] as const;

export type RunStatus = (typeof statuses)[number];

/** Statuses that a run never leaves. */
export const finalStatuses: readonly RunStatus[] = ["succeeded", "failed", "cancelled"];

/** Statuses in which a worker has, or is about to have, the run in its hands. */
export const underWay: readonly RunStatus[] = ["planning", "pending", "running"];

export const isFinished = (status: string) => finalStatuses.some((final) => final === status);

/** A status column's text. Throws for any other, which only a newer version of the code could have written. */
export function toRunStatus(text: string): RunStatus {
  const status = statuses.find((one) => one === text);
  if (!status) throw new Error(`${quote(text)} is no status of a run.`);
  return status;
}
