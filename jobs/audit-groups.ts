import { auditGroups } from "../app/features/attribute-groups/audit/audit-groups.ts";
import { defineSchedule } from "../app/features/schedules/schedule.ts";

/** Anyone with an S3 browser may change a folder at any time; half an hour is how long that goes unseen. */
export const auditGroupsSchedule = defineSchedule({
  id: "audit-groups",
  definition: auditGroups,
  payload: { root: null },
  cron: "*/30 * * * *",
  timeZone: "UTC",
});
