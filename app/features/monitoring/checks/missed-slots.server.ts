import { z } from "zod";
import { exactTime, plural } from "~/features/format";
import { defineCheck, type Judgement, type Trouble } from "~/features/monitoring/check";
import { quote } from "~/quote";

const reading = z.object({
  schedules: z.array(z.object({ id: z.string(), title: z.string(), missed: z.number(), since: z.number().nullable() })),
});

export const missedSlots = defineCheck({
  name: "missed-slots",
  title: "Missed slots",
  unit: "count",
  measures: "times of schedules for which no worker ran, until they are dismissed",
  rule: "Missed: a schedule has a time that passed while no worker ran, and that no one has dismissed.",
  link: "/schedules",
  reading,

  async measure({ db }) {
    const rows = await db.schedule.findMany({ where: { missed: { gt: 0 } }, orderBy: { title: "asc" } });
    return {
      schedules: rows.map(({ id, title, missed, missedSince }) => ({
        id,
        title,
        missed,
        since: missedSince?.getTime() ?? null,
      })),
    };
  },

  judge: judgeMissedSlots,
});

export function judgeMissedSlots({ schedules }: z.infer<typeof reading>): Judgement {
  const value = schedules.reduce((sum, { missed }) => sum + missed, 0);
  if (value === 0) return { verdict: "healthy", level: "ok", sentence: "No schedule has missed a time.", value };
  const troubles = schedules.map(({ id, title, missed, since }): Trouble => {
    const from = since === null ? "" : ` since ${exactTime(new Date(since))}`;
    const sentence = `${quote(title)} missed ${plural(missed, "time")}${from}, because no worker ran. Run it now if it is needed, then dismiss them.`;
    return { verdict: "missed", about: id, severity: "warning", sentence, link: "/schedules" };
  });
  return {
    verdict: "missed",
    level: "warn",
    sentence: troubles.map(({ sentence }) => sentence).join(" "),
    value,
    troubles,
  };
}
