import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { defineSchedule } from "~/features/schedules/schedule";

/** Anyone with an S3 browser may change a folder at any time; half an hour is how long that goes unseen. */
export const auditGroupsSchedule = defineSchedule({
  id: "audit-groups",
  definition: auditGroups,
  payload: { root: null },
  cron: "*/30 * * * *",
  timeZone: "UTC",
});
