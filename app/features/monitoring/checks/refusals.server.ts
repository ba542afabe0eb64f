import { z } from "zod";
import { count, percent } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";

const reading = z.object({ asked: z.number(), refused: z.number() });

export const refusals = defineCheck({
  name: "refusals",
  title: "Refusal rate",
  unit: "percent",
  measures: "answers of models in label runs that declined the picture, yesterday and today (UTC)",
  rule: "High: a tenth of 50 answers or more. Very high: three tenths.",
  link: "/refusals",
  reading,

  async measure({ db, clock }) {
    const yesterday = Math.floor(clock.now().getTime() / DAY_MS) - 1;
    const tallies = await db.callTally.groupBy({
      by: ["outcome"],
      where: { day: { gte: yesterday }, labelRunId: { gt: 0 }, outcome: { in: answers } },
      _sum: { made: true },
    });
    const of = (outcomes: string[]) =>
      tallies.reduce((sum, row) => sum + (outcomes.includes(row.outcome) ? (row._sum.made ?? 0) : 0), 0);
    return { asked: of(answers), refused: of(["refused"]) };
  },

  judge: judgeRefusals,
});

const DAY_MS = 24 * 60 * 60_000;
/** Ends of a call that say something of the picture: a failure does not. */
const answers = ["labelled", "refused", "truncated", "invalid", "unanswered"];
const ENOUGH = 50;
const HIGH = 0.1;
const VERY_HIGH = 0.3;

export function judgeRefusals({ asked, refused }: z.infer<typeof reading>): Judgement {
  if (asked === 0)
    return { verdict: "healthy", level: "ok", sentence: "No model was asked since yesterday.", value: null };
  const share = refused / asked;
  const value = share * 100;
  const found = `${count(refused)} of ${count(asked)} answers since yesterday declined the picture (${percent(refused, asked)})`;
  if (asked < ENOUGH || share < HIGH) return { verdict: "healthy", level: "ok", sentence: `${found}.`, value };
  const sentence = `${found}. The page Refusals shows which groups and reasons; another prompt or model may help.`;
  return share >= VERY_HIGH
    ? { verdict: "very high", level: "bad", sentence, value }
    : { verdict: "high", level: "warn", sentence, value };
}
