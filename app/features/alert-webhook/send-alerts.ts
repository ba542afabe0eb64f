import { z } from "zod";
import { plural } from "~/features/format";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { describeStates } from "~/features/job-runs/kinds/state-words";

/** Of kinds that speak to the webhook: a message takes 10 s at most, and the next attempt is a parked item's. */
const limits = {
  lane: "interactive",
  chunkSize: 1,
  itemConcurrency: 1,
  chunkConcurrency: 1,
  retry: { attempts: 1, baseMs: 1_000, maxMs: 1_000 },
  itemTimeoutMs: 3 * 60_000,
  guard: null,
  describeState: describeStates(
    z.object({ messages: z.number() }),
    ({ messages }) => `${plural(messages, "message")} sent`,
  ),
} as const;

/**
 * Tells the webhook what is due. Its one item is the webhook itself, which is told in order, and parked while it takes nothing:
 * what is due then is read again, so that a receiver that was down for long gets one message and no flood.
 */
export const sendAlerts = defineJob({
  kind: "send-alerts",
  title: "Send alerts",
  payload: z.strictObject({}),
  ...limits,
});

/** Sends one message, to see that it arrives. */
export const testWebhook = defineJob({
  kind: "test-webhook",
  title: "Send a test message",
  payload: z.strictObject({}),
  ...limits,
  start: { label: "Send a test message", payload: {}, autoApply: true },
});
