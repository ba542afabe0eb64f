import { RaiseBudget } from "~/components/runs/raise-budget";
import { Panel } from "~/components/ui/panel";
import type { EmbedRunView } from "~/features/embeddings/read-embed-run.server";
import { dollars } from "~/features/format";

type ModelCallsProps = { embedRun: EmbedRunView; isPaused: boolean };

/** What the calls of a run that makes vectors have cost so far, and may cost. */
export function ModelCalls({ embedRun, isPaused }: ModelCallsProps) {
  const { quoteUsd, budgetUsd, spentUsd, reservedUsd, unknownUsd } = embedRun;
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
