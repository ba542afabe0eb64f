import { useSearchLink } from "~/components/lists/use-search-link";
import { Button } from "~/components/ui/forms/button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { TextLink } from "~/components/ui/text-link";
import { count, plural } from "~/features/format";
import type { ReviewCounts } from "~/features/labeling/review/matrix";
import { filterNames } from "~/features/labeling/review/review-filter";
import { DecideAll } from "./decide-all";

type ReviewBarProps = {
  runId: number;
  counts: ReviewCounts;
  /** Null for who only looks. */
  undo: (() => void) | null;
};

const noFilter = Object.fromEntries(filterNames.map((name) => [name, null]));

/** What was decided of the whole run, and what to do next; it stays at the foot of the window. */
export function ReviewBar({ runId, counts, undo }: ReviewBarProps) {
  const linkTo = useSearchLink();
  const toFilter = (filter: Record<string, string>) => linkTo({ ...noFilter, ...filter });
  return (
    <section
      aria-label="Decisions"
      data-foot-bar="tall"
      className="float-panel sticky bottom-3 z-20 flex flex-wrap items-center gap-x-3 gap-y-1 py-2 pr-2 pl-4"
    >
      <p className="text-sm font-medium tabular-nums" role="status">
        <TextLink to={toFilter({ decision: "accepted", same: "any" })}>{count(counts.accepted)} accepted</TextLink>
        {" · "}
        <TextLink to={toFilter({ decision: "rejected", same: "any" })}>{count(counts.rejected)} rejected</TextLink>
        {" · "}
        <TextLink to={toFilter({ decision: "open" })}>{count(counts.open)} open</TextLink>
      </p>
      {counts.conflicts > 0 && (
        <p className="text-sm text-muted tabular-nums max-sm:hidden">
          <TextLink to={toFilter({ person: "conflict", decision: "open" })}>
            {plural(counts.conflicts, "conflict")} with a person’s label
          </TextLink>
          {undo && ": accept one by one"}
        </p>
      )}
      {counts.leftOut > 0 && (
        <p className="text-sm text-muted tabular-nums max-sm:hidden">
          <TextLink to={toFilter({ decision: "accepted" })}>{count(counts.leftOut)} accepted</TextLink> cannot be
          promoted as they are
        </p>
      )}
      <span className="grow max-sm:hidden" />
      {undo && (
        <div className="flex flex-wrap gap-2">
          <Button variant="quiet" onClick={undo}>
            Undo <kbd className="text-xs text-muted max-sm:hidden">U</kbd>
          </Button>
          <DecideAll runId={runId} decision="accepted" filter={{}} counts={counts} />
          {counts.promotable > 0 && (
            <IntentButton leadsAway intent="promote" variant="primary">
              Promote {plural(counts.promotable, "label")}
            </IntentButton>
          )}
        </div>
      )}
    </section>
  );
}
