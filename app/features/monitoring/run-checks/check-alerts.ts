import { z } from "zod";
import type { AlertKind } from "~/features/alerts/alert";

export const CHECK_ALERT = "check";

const detail = z.object({ link: z.string() });

/** What checks raise alerts about. */
export const checkAlerts: readonly AlertKind[] = [
  { kind: CHECK_ALERT, linkTo: (alert) => detail.parse(alert.detail).link },
];
