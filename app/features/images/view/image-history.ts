import type { StateWords } from "~/features/job-runs/kinds/state-words";

/** One thing that a run did to an image, or tried to. */
export type HistoryEntry = {
  at: Date;
  runId: number;
  /** Where the run is looked at. */
  page: string;
  /** The run's: “Reassign owner”. */
  title: string;
  actorName: string;
  outcome: "succeeded" | "failed" | "skipped";
  /** What the image was and what it became; null where the kind tells nothing. */
  was: StateWords | null;
  became: StateWords | null;
  /** Why it failed or was skipped. */
  reason: string | null;
};

/** Runs of these kinds that are looked through, the newest: some milliseconds. */
export const RUNS_LOOKED_THROUGH = 200;
