/** How it goes with the webhook, for pages and checks. */
export type WebhookView = {
  host: string;
  deliveredAt: Date | null;
  /** The last message that was not taken, and why. */
  failed: { at: Date; problem: string } | null;
  /** Since when none is taken; null: the last one was. */
  failingSince: Date | null;
  /** Alerts that it is still to be told of. */
  due: number;
  /** The run that someone paused, so that nothing is sent. */
  pausedRunId: number | null;
  /** A test message is on its way. */
  isTesting: boolean;
};
