import type { AlertKind } from "~/features/alerts/alert";

/** Of jumps of the clock: what they touched can be seen at the schedules. */
export const clockAlerts: readonly AlertKind[] = [{ kind: "clock", linkTo: () => "/schedules" }];
