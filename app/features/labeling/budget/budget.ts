import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { dollars } from "~/features/format";
import { quote } from "~/quote";

/** The one rule of a budget in USD, for pages and scripts: a slip of the finger ends at the most. */
export const budgetUsd = z
  .number({ error: "Give an amount in dollars, such as 0.50." })
  .positive("A budget is more than $0.")
  .max(1_000, "A budget is $1,000 at most.");

/** @throws DomainError "invalid" with what is wrong with the amount */
export function requireBudget(amount: unknown): number {
  const { data, error } = budgetUsd.safeParse(amount);
  if (data !== undefined) return data;
  throw new DomainError("invalid", error.issues.map(({ message }) => message).join(" "));
}

/** Where a run stands against its budget, in USD. */
export type Standing = {
  budgetUsd: number;
  spentUsd: number;
  /** Reserved for calls whose cost will never be known. */
  unknownUsd: number;
  /** The most that the next call may cost. */
  callUsd: number;
};

/** Why a run with a budget pauses whose calls cost no one knows what. */
export const explainUnknownPrice = (model: string) =>
  `The price of ${quote(model)} is not known any more, so its budget could not hold. Add the price to the file that MODELS_FILE names and restart the workers, then resume.`;

/** Why a run pauses that has no call in flight and no room for another one. */
export function explainSpentBudget({ budgetUsd, spentUsd, unknownUsd, callUsd }: Standing): string {
  const unknown = unknownUsd > 0 ? `, ${dollars(unknownUsd)} is reserved for calls of unknown cost` : "";
  return `The budget of ${dollars(budgetUsd)} leaves no room for another call: ${dollars(spentUsd)} is spent${unknown}, and one call may cost ${dollars(callUsd)}. Raise the budget, then resume.`;
}
