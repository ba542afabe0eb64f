import { z } from "zod";
import { dollars } from "~/features/format";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import { monthOf } from "~/features/monitoring/month";

const reading = z.object({ spentUsd: z.number(), reservedUsd: z.number(), lastMonthUsd: z.number() });

export const spend = defineCheck({
  name: "spend",
  title: "Spend this month",
  unit: "usd",
  measures: "dollars of model calls since the first of this month (UTC), with what is reserved",
  rule: "High: more than twice what all of last month took, and more than $10.",
  link: "/label-runs",
  reading,

  async measure({ db, clock }) {
    const { from, before } = monthOf(clock.now());
    const [month, both] = await Promise.all([
      sumSpend({ db, clock }, { since: from }),
      sumSpend({ db, clock }, { since: before }),
    ]);
    const lastMonthUsd = both.spentUsd + both.reservedUsd - month.spentUsd - month.reservedUsd;
    return { spentUsd: month.spentUsd, reservedUsd: month.reservedUsd, lastMonthUsd: Math.max(lastMonthUsd, 0) };
  },

  judge: judgeSpend,
});

const HIGH = { times: 2, leastUsd: 10 };

export function judgeSpend({ spentUsd, reservedUsd, lastMonthUsd }: z.infer<typeof reading>): Judgement {
  const value = spentUsd + reservedUsd;
  const reserved = reservedUsd > 0 ? `, and ${dollars(reservedUsd)} is reserved` : "";
  const sentence = `${dollars(spentUsd)} spent this month${reserved}; last month took ${dollars(lastMonthUsd)}.`;
  if (value <= Math.max(lastMonthUsd * HIGH.times, HIGH.leastUsd))
    return { verdict: "healthy", level: "ok", sentence, value };
  return { verdict: "high", level: "warn", sentence: `${sentence} Look at the runs that are under way.`, value };
}
