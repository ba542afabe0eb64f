import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";

/** When a kind of work starts by itself, and with what. */
export type Schedule = {
  /** Unique and lasting: the runs of its slots are known by it. */
  id: string;
  definition: JobDefinition;
  payload: object;
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA name. */
  timeZone: string;
  /** Asked at each slot: where nothing is to be done, it makes no run. */
  isDue?(deps: { db: Db; clock: Clock }): Promise<boolean>;
};

/** Holds the payload to the definition's schema. */
export function defineSchedule<Payload extends object>(
  schedule: Omit<Schedule, "definition" | "payload"> & {
    definition: JobDefinition<string, Payload>;
    payload: Payload;
  },
): Schedule {
  return schedule;
}
