import { plural } from "~/features/format";
import { working } from "~/features/job-runs/status";
import type { RunView } from "./run-view";

type Standing = Pick<RunView, "status" | "planned" | "done" | "pauseReason" | "waiting" | "parked">;

/** Whether a run at work does nothing for now: it says what it waits for, or all that is open is parked. */
export const isStandingStill = (run: Standing) =>
  working.includes(run.status) &&
  (run.waiting !== null || (run.parked !== null && run.parked.count === run.planned - run.done));

/** Why a run does not move, in one line for a list; null for one that does, or that a person paused. */
export function standstillWords(run: Standing): string | null {
  if (run.status === "paused") return run.pauseReason;
  if (!isStandingStill(run)) return null;
  return run.waiting?.reason ?? parkedWords(run.parked);
}

/** “12 items wait: The model’s batch is not done.” */
function parkedWords(parked: Standing["parked"]): string | null {
  if (!parked) return null;
  const waits = `${plural(parked.count, "item")} ${parked.count === 1 ? "waits" : "wait"}`;
  return parked.reason === null ? `${waits} for something outside` : `${waits}: ${parked.reason}`;
}
