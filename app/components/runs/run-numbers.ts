import type { RunView } from "~/features/job-runs/views/run-view";

/** What the pages need of a run to draw it; `listRuns` and `readRun` give more. */
export type RunNumbers = Pick<
  RunView,
  | "id"
  | "kind"
  | "title"
  | "status"
  | "actorName"
  | "planned"
  | "succeeded"
  | "failed"
  | "skipped"
  | "done"
  | "ratePerSecond"
  | "etaSeconds"
  | "seconds"
  | "createdAt"
  | "finishedAt"
  | "pauseReason"
  | "waiting"
  | "parked"
>;
