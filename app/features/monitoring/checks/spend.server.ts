import { z } from "zod";
import { dollars } from "~/features/format";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import { monthOf } from "~/features/monitoring/month";

const reading = z.object({
  spentUsd: z.number(),
  reservedUsd: z.number(),
  lastMonthUsd: z.number(),
  /** MONTHLY_BUDGET_USD; null: there is none. */
  budgetUsd: z.number().nullable(),
});

export const spend = defineCheck({
  name: "spend",
  title: "Spend this month",
  unit: "usd",
  measures: "dollars of model calls since the first of this month (UTC), with what is reserved",
  rule: "Over budget: more than MONTHLY_BUDGET_USD; near it: 80 % and more. Without a budget, high: more than twice what all of last month took, and more than $10.",
  link: "/label-runs",
  reading,

  async measure({ db, clock, settings }) {
    const { from, before } = monthOf(clock.now());
    const [month, both] = await Promise.all([
      sumSpend({ db, clock }, { since: from }),
      sumSpend({ db, clock }, { since: before }),
    ]);
    const lastMonthUsd = both.spentUsd + both.reservedUsd - month.spentUsd - month.reservedUsd;
    return {
      ...{ spentUsd: month.spentUsd, reservedUsd: month.reservedUsd },
      lastMonthUsd: Math.max(lastMonthUsd, 0),
      budgetUsd: settings.MONTHLY_BUDGET_USD ?? null,
    };
  },

  judge: judgeSpend,
});

const HIGH = { times: 2, leastUsd: 10 };
const NEAR = 0.8;

export function judgeSpend({ spentUsd, reservedUsd, lastMonthUsd, budgetUsd }: z.infer<typeof reading>): Judgement {
  const value = spentUsd + reservedUsd;
  const of = budgetUsd === null ? "" : ` of ${dollars(budgetUsd)}`;
  const reserved = reservedUsd > 0 ? `, and ${dollars(reservedUsd)} is reserved` : "";
  const sentence = `${dollars(spentUsd)}${of} spent this month${reserved}; last month took ${dollars(lastMonthUsd)}.`;
  const advised = `${sentence} Look at the label runs that are under way.`;
  if (budgetUsd !== null && value > budgetUsd)
    return { verdict: "over budget", level: "bad", sentence: advised, value };
  if (budgetUsd !== null && value >= budgetUsd * NEAR)
    return { verdict: "near budget", level: "warn", sentence: advised, value };
  if (budgetUsd === null && value > Math.max(lastMonthUsd * HIGH.times, HIGH.leastUsd)) {
    return { verdict: "high", level: "warn", sentence: advised, value };
  }
  return { verdict: "healthy", level: "ok", sentence, value };
}
