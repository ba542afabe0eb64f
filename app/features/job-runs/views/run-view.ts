import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import type { RunStatus } from "~/features/job-runs/status";

/** A run as pages and scripts show it. Counts are sums of its chunks' tallies, as of `asOf`. */
export type RunView = {
  id: number;
  kind: string;
  title: string;
  status: RunStatus;
  lane: "interactive" | "bulk";
  actorName: string;
  autoApply: boolean;
  undoOfId: number | null;
  /** When its items were removed: undo has expired. */
  itemsRemovedAt: Date | null;
  planHash: string | null;
  summary: PlanSummary | null;
  planned: number;
  succeeded: number;
  failed: number;
  skipped: number;
  /** succeeded + failed + skipped */
  done: number;
  /** Items a second since the run began; null before its first outcome. */
  ratePerSecond: number | null;
  /** Null when finished, paused, waiting, or not yet known. */
  etaSeconds: number | null;
  /** Wall time from start to finish (or now), in seconds. */
  seconds: number | null;
  /** Why the run itself could not go on. */
  error: string | null;
  /** Why it paused itself; null when a person paused it, and when it is not paused. */
  pauseReason: string | null;
  /** When the reason of that is over by itself, where it is: a quota of a day is renewed. */
  pausedUntil: Date | null;
  /** What it waits for at the moment while it is under way, and since when. */
  waiting: { reason: string; since: Date } | null;
  /** Open items that wait for something outside for longer. */
  parked: {
    count: number;
    /** When the first of them is looked at again; null while other items of its chunk are open. */
    nextLookAt: Date | null;
    /** What one of them waits for. */
    reason: string | null;
  } | null;
  createdAt: Date;
  plannedAt: Date | null;
  /** When its plan grows stale. */
  expiresAt: Date | null;
  appliedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  asOf: Date;
};

/** A run with its failed items by class, each class with the sentence of its first item. */
export type RunDetails = RunView & { failures: { errorClass: string; count: number; sample: string }[] };
