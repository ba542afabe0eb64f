import { count, dollars, plural } from "~/components/format";
import type { LabelRunView } from "~/features/labeling/read-label-run.server";

type SpendingProps = Pick<LabelRunView, "totals" | "budgetUsd">;

/** What the calls have cost so far, as the model billed their tokens. */
export function Spending({ totals, budgetUsd }: SpendingProps) {
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-2 text-sm text-muted tabular-nums">
      <span>
        <span className="font-medium text-ink">{dollars(totals.spentUsd)}</span>
        {budgetUsd === null ? " spent, no budget" : ` of ${dollars(budgetUsd)} spent`}
      </span>
      {totals.reservedUsd > 0 && <span>{dollars(totals.reservedUsd)} reserved for calls in flight</span>}
      <span>{plural(totals.calls, "call")}</span>
      <span className="sm:ml-auto">
        tokens: {count(totals.textTokens)} text · {count(totals.imageTokens)} image · {count(totals.outputTokens)}{" "}
        output
      </span>
    </p>
  );
}
