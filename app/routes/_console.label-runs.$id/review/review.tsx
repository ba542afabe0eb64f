import { useNavigate } from "@remix-run/react";
import { CircleCheck, Images, SearchX } from "lucide-react";
import { useRef, useState } from "react";
import { ExportLinks } from "~/components/lists/export-links";
import { useSearchLink } from "~/components/lists/use-search-link";
import { useHasRole } from "~/components/operator";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import { plural } from "~/features/format";
import { filterWords } from "~/features/labeling/review/filter-words";
import { countFiltered, type Review, type ReviewedProposal } from "~/features/labeling/review/review";
import { toReviewAddress, type Verdict } from "~/features/labeling/review/review-filter";
import { DecideAll } from "./decide-all";
import { Matrices } from "./matrices";
import { Preview } from "./preview";
import { Promotions } from "./promotions";
import { type CardControl, ProposalCard } from "./proposal-card";
import { ReviewBar } from "./review-bar";
import { ReviewFilters } from "./review-filters";
import { useDecisions } from "./use-decisions";
import { useOpened } from "./use-opened";
import { usePulse } from "./use-pulse";
import { useReread } from "./use-reread";
import { CARD, useReviewKeys } from "./use-review-keys";

type ReviewTabProps = {
  runId: number;
  review: Review;
  /** Listed values of each attribute. */
  values: Readonly<Record<string, readonly string[]>>;
  /** No more proposals come. */
  isOver: boolean;
};

/** A label run as a reviewer reads it: what would become of what, and one decision after the other. */
export function ReviewTab({ runId, review, values, isOver }: ReviewTabProps) {
  const { filter, order, matrices, counts, proposals, before, after } = review;
  const canAct = useHasRole("operator");
  const linkTo = useSearchLink();
  const navigate = useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const reread = useReread();
  usePulse(runId, review.pulse, reread);
  const decisions = useDecisions(runId, proposals, reread);
  const [askedId, setAsked] = useState<number | null>(null);

  /** True: it is decided; false: whoever presses once more replaces a person's label. */
  function decide(proposal: ReviewedProposal, decision: Verdict): boolean {
    const isDone = decisions.stateOf(proposal) === decision && (decisions.isOwn(proposal) || !isUnseen(proposal));
    if (isDone) return true;
    if (decision === "accepted" && proposal.isConflict && !proposal.isOutdated && askedId !== proposal.id) {
      setAsked(proposal.id);
      return false;
    }
    setAsked(null);
    decisions.decide(proposal, decision);
    return true;
  }
  const turnTo = (step: 1 | -1) => {
    const place = step === 1 ? after : before;
    if (place !== null) navigate(linkTo({ [step === 1 ? "after" : "before"]: String(place), proposal: null }));
  };
  const keys = useReviewKeys({
    list,
    proposals,
    decide: canAct
      ? (proposal, decision) => {
          if (decide(proposal, decision)) keys.move(1);
        }
      : null,
    undo: decisions.undo,
    turn: turnTo,
  });
  const controlOf = (proposal: ReviewedProposal): CardControl => ({
    decision: decisions.stateOf(proposal),
    isOwn: decisions.isOwn(proposal),
    isAsked: askedId === proposal.id,
    decide: canAct ? (decision) => decide(proposal, decision) : null,
  });

  const [openId, look] = useOpened();
  const opened = proposals.findIndex(({ id }) => id === openId);
  const last = useRef(opened);
  if (opened >= 0) last.current = opened;
  const step = (by: 1 | -1) => {
    const next = proposals[opened + by];
    if (next) look(next.id);
  };
  const shown = proposals[opened] ?? null;

  if (counts.changes + counts.same === 0) return <NothingProposed isOver={isOver} />;
  const filtered = countFiltered(matrices, filter);
  const which = filterWords(filter);
  return (
    <section
      aria-label="Review"
      className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(280px,380px)_minmax(0,1fr)]"
    >
      {review.promotions.length > 0 && (
        <div className="xl:col-span-2">
          <Promotions promotions={review.promotions} />
        </div>
      )}
      <Matrices matrices={matrices} filter={filter} values={values} />
      <div className="flex min-w-0 flex-col gap-3">
        <ReviewFilters filter={filter} order={order} />
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="mr-auto text-base tabular-nums">
            {filter.same === "only" ? plural(filtered.same, "unchanged proposal") : plural(filtered.changes, "change")}{" "}
            <span className="text-muted">{filter.same === "only" ? "" : which}</span>
          </h2>
          {canAct && which !== "" && filter.same !== "only" && (
            <>
              <DecideAll runId={runId} decision="accepted" filter={filter} counts={filtered} />
              <DecideAll runId={runId} decision="rejected" filter={filter} counts={filtered} />
            </>
          )}
          <ExportLinks
            path={`/label-runs/${runId}/proposals`}
            params={toReviewAddress(filter)}
            what="these proposals and their decisions"
          />
        </div>
        {proposals.length > 0 ? (
          <ul
            ref={list}
            aria-label="Proposals"
            onFocus={({ target }) => keys.onFocus(target)}
            className="grid grid-cols-[repeat(auto-fill,minmax(min(260px,100%),1fr))] gap-2"
          >
            {proposals.map((proposal) => (
              <li key={proposal.id}>
                <ProposalCard proposal={proposal} control={controlOf(proposal)} open={() => look(proposal.id)} />
              </li>
            ))}
          </ul>
        ) : (
          <NothingMatches isFiltered={which !== ""} same={counts.same} />
        )}
        {(before !== null || after !== null) && (
          <nav aria-label="Pages" className="flex justify-end gap-2">
            {before !== null && <ButtonLink to={linkTo({ before: String(before) })}>Previous page</ButtonLink>}
            {after !== null && <ButtonLink to={linkTo({ after: String(after) })}>Next page</ButtonLink>}
          </nav>
        )}
        <ReviewBar runId={runId} counts={counts} undo={canAct ? decisions.undo : null} />
      </div>
      <Preview
        proposal={shown}
        control={shown && controlOf(shown)}
        step={step}
        onKey={(key) => {
          if (key === "j" || key === "ArrowRight") return step(1);
          if (key === "k" || key === "ArrowLeft") return step(-1);
          if (!canAct || !shown) return;
          if (key === "u") return decisions.undo();
          const decision = key === "a" ? "accepted" : key === "r" ? "rejected" : null;
          if (decision && decide(shown, decision)) step(1);
        }}
        close={() => look(null)}
        onClosed={() => {
          const card = list.current?.querySelectorAll<HTMLElement>(`${CARD} [data-opens]`)[last.current];
          card?.focus({ preventScroll: true });
          card?.scrollIntoView({ block: "nearest" });
          return card !== undefined;
        }}
      />
    </section>
  );
}

/** It was accepted before a person's label came that it would now replace. */
const isUnseen = ({ decision, isConflict, isOverThatRev }: ReviewedProposal) =>
  decision === "accepted" && isConflict && !isOverThatRev;

function NothingProposed({ isOver }: { isOver: boolean }) {
  return (
    <Panel>
      <EmptyState icon={Images} title={isOver ? "Nothing to review" : "Nothing to review yet"}>
        <p>
          {isOver
            ? "The run ended without a proposal; the other tabs say why."
            : "Proposals appear here one by one, as the model answers."}
        </p>
      </EmptyState>
    </Panel>
  );
}

function NothingMatches({ isFiltered, same }: { isFiltered: boolean; same: number }) {
  return (
    <Panel>
      {isFiltered ? (
        <EmptyState icon={SearchX} title="No proposal matches">
          <p>Remove a filter, or choose another cell.</p>
        </EmptyState>
      ) : (
        <EmptyState icon={CircleCheck} title="Nothing would change">
          <p>All {plural(same, "proposal")} of this run say what the labels say already.</p>
        </EmptyState>
      )}
    </Panel>
  );
}
