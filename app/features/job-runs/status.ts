/** DESIGN §5: planning → planned → pending → running ⇄ paused → succeeded | failed | cancelled. */
export type RunStatus =
  | "planning"
  | "planned"
  | "pending"
  | "running"
  | "paused"
  | "succeeded"
  | "failed"
  | "cancelled";

/** Statuses that a run never leaves. */
export const finalStatuses: readonly RunStatus[] = ["succeeded", "failed", "cancelled"];

export const isFinished = (status: string) => finalStatuses.some((final) => final === status);
