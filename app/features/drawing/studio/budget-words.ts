import { dollars, plural } from "~/features/format";
import { budgetUsd } from "~/features/model-calls/budget";

type Told = {
  /** USD of all pictures, and the most that they can cost; null: not known. */
  usd: number | null;
  mostUsd: number | null;
  /** Pictures. */
  count: number;
  /** USD, as it is typed. */
  budget: string;
};

/** For how many pictures a budget is enough, or what is wrong with it; a sentence beside its field. */
export function budgetWords({ usd, mostUsd, count, budget }: Told): string {
  const { data: amount, error } = budgetUsd.safeParse(Number(budget.trim() || Number.NaN));
  if (amount === undefined) return error.issues.map(({ message }) => message).join(" ");
  if (usd === null || mostUsd === null) return "The run pauses before a call that could exceed the budget.";
  const [one, most] = [usd / count, mostUsd / count];
  // Each call needs room for the most that it can cost; those before it have cost about what is expected.
  const covered = amount < most ? 0 : Math.min(count, Math.floor((amount - most) / one) + 1);
  if (covered >= count) return "The budget is enough. The run pauses before a call that could exceed it.";
  if (covered === 0) return `No picture can be drawn: one may cost ${dollars(most)}. Raise the budget.`;
  return `The budget is enough for about ${covered} of ${plural(count, "image")}: the run pauses then, and you can raise it.`;
}
