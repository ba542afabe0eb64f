import type { RunView } from "~/features/job-runs/views/run-view";
import type { Ports } from "~/ports/index.server";
import { pickTrial } from "./pick-trial.server";
import { swapOf } from "./swap-of-plan.server";
import type { LeftOut } from "./trial-words";

/** What a plan's page says of trying it: how many generations can be drawn once more, and which of the newest cannot. */
export type TrialOffer = { what: string; generations: number; leftOut: LeftOut };

/** Null for a run that is no plan which puts another reference in the place of one. */
export async function offerTrial(
  ports: Pick<Ports, "db" | "model" | "clock">,
  run: RunView,
): Promise<TrialOffer | null> {
  const swap = swapOf(run);
  if (swap === null) return null;
  const { generations, leftOut } = await pickTrial(ports, swap);
  return { what: swap.what, generations: generations.length, leftOut };
}
