import type { AlertKind } from "~/features/alerts/alert";
import { clockAlerts } from "~/features/clock-watch/clock-alerts";
import { alertKinds, type Jobs } from "~/features/job-runs/kinds/job";
import { restoreAlerts } from "~/features/restore/restore-alert";

/** Every kind of alert, each with the page that it leads to: those that work raises, and the few that it does not. */
export const everyAlertKind = (jobs: Jobs): AlertKind[] => [...alertKinds(jobs), ...clockAlerts, ...restoreAlerts];
