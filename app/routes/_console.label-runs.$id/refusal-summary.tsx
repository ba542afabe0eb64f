import { RefusalRates } from "~/components/labels/refusal-rates";
import { ExportLinks } from "~/components/lists/export-links";
import { type RefusalRates as Rates, toRefusalAddress } from "~/features/labeling/refusals/refusals";

/** How much the model refused in this run, by its own reason and by group. */
export function RefusalSummary({ runId, rates }: { runId: number; rates: Rates }) {
  return (
    <section aria-label="Refusals of this run" className="flex flex-col gap-3">
      <RefusalRates
        isOneRun
        rates={rates}
        toImages={(narrowing) => `/refusals?${toRefusalAddress({ run: runId, ...narrowing })}#refused`}
      />
      <ExportLinks
        path="/refusal-exports/refusals"
        params={toRefusalAddress({ run: runId })}
        what="refused images of this run"
      />
    </section>
  );
}
