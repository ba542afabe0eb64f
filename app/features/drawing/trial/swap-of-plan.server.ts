import { DomainError } from "~/features/domain-error";
import { isExpired } from "~/features/job-runs/allowed";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunView } from "~/features/job-runs/views/run-view";
import type { Ports } from "~/ports/index.server";
import type { Swap } from "./try-reference";

/** What a plan says that it replaces: “reference.png” of “front_warm”. */
export type PlannedSwap = Swap & { what: string };

/** The reference that a plan replaces by another one; null where it replaces none, or is no plan any more. */
export function swapOf(run: RunView): PlannedSwap | null {
  if (run.status !== "planned" || isExpired(run)) return null;
  const found = run.summary?.drawnOtherwise?.find(({ swap }) => swap !== undefined);
  return found?.swap ? { ...found.swap, what: found.what } : null;
}

/**
 * @throws DomainError "not-found" for a run that there is not; "conflict" for one that has no plan to be tried, or has none any more
 */
export async function requireSwap(ports: Pick<Ports, "db" | "clock">, runId: number): Promise<PlannedSwap> {
  const run = await readRun(ports, runId);
  if (!run) throw new DomainError("not-found", `There is no run ${runId}.`);
  const swap = swapOf(run);
  if (swap) return swap;
  throw new DomainError(
    "conflict",
    `Run ${runId} is no plan that puts another reference in the place of one, or it was applied, canceled or has expired. Set the reference again, and try the new plan.`,
  );
}
