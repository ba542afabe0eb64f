import type { JobDefinition } from "~/features/job-runs/kinds/definition";

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
