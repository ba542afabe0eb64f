import type { RunStatus } from "~/features/job-runs/status";

/** What the pages need of a run to draw it; `listRuns` and `readRun` give more. */
export type RunNumbers = {
  id: number;
  kind: string;
  title: string;
  status: RunStatus;
  actorName: string;
  planned: number;
  succeeded: number;
  failed: number;
  skipped: number;
  done: number;
  ratePerSecond: number | null;
  etaSeconds: number | null;
  seconds: number | null;
  createdAt: Date;
  finishedAt: Date | null;
};
