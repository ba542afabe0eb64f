import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import { defineSchedule } from "~/features/schedules/schedule";

/** Every half hour, between an audit and the next: what that found is measured with it. */
export const runChecksSchedule = defineSchedule({
  id: "run-checks",
  definition: runChecks,
  payload: { checks: null },
  cron: "15,45 * * * *",
  timeZone: "UTC",
});
