import { RaiseBudget } from "~/components/runs/raise-budget";
import { Panel } from "~/components/ui/panel";
import { dollars } from "~/features/format";

type Cost = { quoteUsd: number | null; budgetUsd: number; spentUsd: number; reservedUsd: number; unknownUsd: number };
type ModelCallsProps = { cost: Cost; isPaused: boolean };

/** What the calls of a run with a budget have cost so far, and may cost. */
export function ModelCalls({ cost, isPaused }: ModelCallsProps) {
  const { quoteUsd, budgetUsd, spentUsd, reservedUsd, unknownUsd } = cost;
  const inFlightUsd = reservedUsd - unknownUsd;
  return (
    <Panel title="Cost">
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted tabular-nums">
        <span>
          <span className="font-medium text-ink">{dollars(spentUsd)}</span> of {dollars(budgetUsd)} spent
        </span>
        {quoteUsd !== null && <span>{dollars(quoteUsd)} quoted</span>}
        {inFlightUsd > 0 && <span>{dollars(inFlightUsd)} reserved for calls in progress</span>}
        {unknownUsd > 0 && <span>{dollars(unknownUsd)} reserved for calls of unknown cost</span>}
      </p>
      {isPaused && <RaiseBudget budgetUsd={budgetUsd} />}
    </Panel>
  );
}
