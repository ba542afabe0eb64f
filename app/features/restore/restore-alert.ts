import type { AlertKind } from "~/features/alerts/alert";

/** The cause of the one alert that a restored database opens with. */
export const RESTORED = "restored";

/** Of a restored database: what was under way in it can be seen at the runs. */
export const restoreAlerts: readonly AlertKind[] = [{ kind: "restored", linkTo: () => "/job-runs?status=paused" }];
