import { count, dollars, plural } from "~/features/format";
import type { LabelRunView } from "~/features/labeling/views/read-label-run.server";

type SpendingProps = Pick<LabelRunView, "totals" | "budgetUsd">;

/** What the calls have cost so far, as the model billed their tokens, and how well they were answered. */
export function Spending({ totals, budgetUsd }: SpendingProps) {
  const inFlightUsd = totals.reservedUsd - totals.unknownUsd;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-2 text-sm text-muted tabular-nums">
      <span>
        <span className="font-medium text-ink">{dollars(totals.spentUsd)}</span>
        {budgetUsd === null ? " spent, no budget" : ` of ${dollars(budgetUsd)} spent`}
      </span>
      {inFlightUsd > 0 && <span>{dollars(inFlightUsd)} reserved for calls in progress</span>}
      {totals.unknownUsd > 0 && (
        <span title="Gemini did not report what these calls cost, or reported something impossible. They count as the most they can have cost.">
          {dollars(totals.unknownUsd)} reserved for calls of unknown cost
        </span>
      )}
      <span>{plural(totals.calls, "call")}</span>
      {totals.callsOfUnknownCost > 0 && <span>{count(totals.callsOfUnknownCost)} of unknown cost</span>}
      {totals.unusable > 0 && <span>{plural(totals.unusable, "unusable answer")}</span>}
      {totals.mended > 0 && <span>{plural(totals.mended, "answer")} fixed while reading</span>}
      <span className="sm:ml-auto">
        tokens: {count(totals.textTokens)} text · {count(totals.imageTokens)} image · {count(totals.outputTokens)}{" "}
        output
      </span>
    </p>
  );
}
