import { DomainError } from "~/features/domain-error";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { LEAP, noteTime } from "./note-time.server";

type Deps = { db: Db; clock: Clock };

/** Whether ages can be told: the clock has not jumped by a day, or someone has seen that it did. */
export async function isClockSteady(deps: Deps): Promise<boolean> {
  await noteTime(deps);
  return (await deps.db.alert.count({ where: { cause: LEAP, closedAt: null } })) === 0;
}

/**
 * For whatever removes things by their age: a clock that is a year ahead makes everything old.
 * @throws DomainError "conflict" after a jump of the clock that no one has acknowledged yet
 */
export async function requireSteadyClock(deps: Deps): Promise<void> {
  if (await isClockSteady(deps)) return;
  const sentence =
    "The clock jumped by more than a day, or no worker ran that long, so nothing is removed by age. Check the clock, acknowledge the alert on the overview, then run this again.";
  throw new DomainError("conflict", sentence);
}
