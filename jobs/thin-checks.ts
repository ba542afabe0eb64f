import { thinChecks } from "~/features/monitoring/thin-checks/thin-checks";
import { defineSchedule } from "~/features/schedules/schedule";

/** At night, between two runs of the checks. */
export const thinChecksSchedule = defineSchedule({
  id: "thin-checks",
  definition: thinChecks,
  payload: { days: 30 },
  cron: "0 4 * * *",
  timeZone: "UTC",
});
