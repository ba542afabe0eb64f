import { z } from "zod";
import { WEBHOOK_CHECK } from "~/features/alert-webhook/events.sql.server";
import { readWebhook } from "~/features/alert-webhook/read-webhook.server";
import { duration, exactTime, plural } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";

const reading = z
  .object({
    host: z.string(),
    deliveredAt: z.number().nullable(),
    failingSince: z.number().nullable(),
    problem: z.string().nullable(),
    due: z.number(),
    pausedRunId: z.number().nullable(),
  })
  .nullable();

/** What it finds is told in the console alone: a webhook cannot tell that it is down. */
export const webhook = defineCheck({
  name: WEBHOOK_CHECK,
  title: "Alert webhook",
  unit: "count",
  measures: "alerts that the webhook is still to be told of",
  rule: "Failing: for ten minutes it has taken no message. Paused: someone paused the sending. Its alerts are seen here only.",
  link: "/job-runs?kind=send-alerts",
  reading,

  async measure({ db, webhook }) {
    const view = await readWebhook(db, webhook);
    if (!view) return null;
    const { host, due, pausedRunId, deliveredAt, failingSince, failed } = view;
    return {
      ...{ host, due, pausedRunId, problem: failed?.problem ?? null },
      deliveredAt: deliveredAt?.getTime() ?? null,
      failingSince: failingSince?.getTime() ?? null,
    };
  },

  judge: (found, { at }) => judgeWebhook(found, at),
});

const FAILING_MS = 10 * 60_000;

export function judgeWebhook(found: z.infer<typeof reading>, at: Date): Judgement {
  if (found === null) {
    const sentence =
      "None is set up, so that alerts are seen in the console only. With ALERT_WEBHOOK_URL they go to a channel as well.";
    return { verdict: "none", level: "ok", sentence, value: null };
  }
  const { host, due, pausedRunId, deliveredAt, failingSince, problem } = found;
  const waiting = due === 0 ? "" : ` ${plural(due, "alert")} ${due === 1 ? "waits" : "wait"} to be sent.`;
  if (pausedRunId !== null) {
    const sentence = `Sending to ${host} is paused by run ${pausedRunId}.${waiting} Resume it to go on.`;
    const trouble = { verdict: "paused", about: "", severity: "warning", sentence } as const;
    return {
      ...{ verdict: "paused", level: "warn", sentence, value: due },
      troubles: [{ ...trouble, link: `/job-runs/${pausedRunId}` }],
    };
  }
  if (failingSince !== null && at.getTime() - failingSince >= FAILING_MS) {
    const since = duration((at.getTime() - failingSince) / 1_000);
    const sentence = `No message was taken for ${since}: ${problem}${waiting} It is tried again every few minutes.`;
    return { verdict: "failing", level: "bad", sentence, value: due };
  }
  const last =
    deliveredAt === null
      ? "Nothing was sent yet"
      : `${host} took the last message on ${exactTime(new Date(deliveredAt))}`;
  return { verdict: "healthy", level: "ok", sentence: `${last}.${waiting}`, value: due };
}
