import { dollars } from "~/features/format";

/** What is wrong with a budget in USD, or null. The one rule for pages and scripts. */
export function budgetProblem(usd: number): string | null {
  return usd > 0 && Number.isFinite(usd) ? null : "A budget is a sum of more than $0.";
}

/** The most that a page takes as a budget, in USD: a slip of the finger ends here. A script may say more. */
export const MAX_PAGE_BUDGET_USD = 1_000;

/** Where a run stands against its budget, in USD. */
export type Standing = {
  budgetUsd: number;
  spentUsd: number;
  /** Reserved for calls that nobody told the cost of. */
  unknownUsd: number;
  /** The most that the next call may cost. */
  callUsd: number;
};

/** Why a run pauses that has no call in flight and no room for another one. */
export function explainSpentBudget({ budgetUsd, spentUsd, unknownUsd, callUsd }: Standing): string {
  const unknown = unknownUsd > 0 ? `, ${dollars(unknownUsd)} is reserved for calls whose cost nobody told` : "";
  return `The budget of ${dollars(budgetUsd)} leaves no room for another call: ${dollars(spentUsd)} is spent${unknown}, and one call may cost ${dollars(callUsd)}. Raise the budget, then resume.`;
}
