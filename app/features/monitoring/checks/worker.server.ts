import { z } from "zod";
import { readLastSeen } from "~/features/clock-watch/read-last-seen.server";
import { duration, exactTime } from "~/features/format";
import { defineCheck, type Earlier, type Judgement } from "~/features/monitoring/check";

const reading = z.object({ seenAt: z.number().nullable() });

export const worker = defineCheck({
  name: "worker",
  title: "Worker heartbeat",
  unit: "seconds",
  measures: "how long ago a worker last said that it lives, which each does once a minute",
  rule: "Silent: for five minutes. Was away: no check ran for over an hour before this one, so no worker did; the schedules show what they missed.",
  link: "/schedules",
  reading,
  measure: async ({ db }) => ({ seenAt: (await readLastSeen(db))?.getTime() ?? null }),
  judge: ({ seenAt }, { at, earlier }) => judgeWorker({ seenAt }, at, earlier[0]),
});

const SILENT_MS = 5 * 60_000;
const AWAY_MS = 65 * 60_000;

/** Whether it is so long since a worker was last seen that none can be there. */
export const isSilent = (seenAt: Date, at: Date): boolean => at.getTime() - seenAt.getTime() > SILENT_MS;

export function judgeWorker(
  { seenAt }: z.infer<typeof reading>,
  at: Date,
  last: Pick<Earlier<unknown>, "at"> | undefined,
): Judgement {
  if (seenAt === null) {
    return {
      verdict: "silent",
      level: "bad",
      sentence: "No worker was ever seen. Start one: npm run worker.",
      value: null,
    };
  }
  const ago = Math.max(at.getTime() - seenAt, 0);
  const value = ago / 1_000;
  if (isSilent(new Date(seenAt), at)) {
    const sentence = `No worker was seen for ${duration(value)}. Start one: npm run worker. Its log says why it ended.`;
    return { verdict: "silent", level: "bad", sentence, value };
  }
  if (last && at.getTime() - last.at.getTime() > AWAY_MS) {
    const sentence = `No worker ran between ${exactTime(last.at)} and ${exactTime(at)}. The page Schedules shows what was missed.`;
    return { verdict: "was away", level: "warn", sentence, value, troubles: [] };
  }
  return { verdict: "healthy", level: "ok", sentence: `A worker was last seen ${duration(value)} ago.`, value };
}
