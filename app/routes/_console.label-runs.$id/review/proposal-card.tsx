import { KeyName } from "~/components/key-text";
import { Time } from "~/components/time";
import { cx } from "~/components/ui/cx";
import { Button } from "~/components/ui/forms/button";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { attributeWords } from "~/features/attribute-words";
import { confidence } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import { oldWords } from "~/features/labeling/review/filter-words";
import type { ReviewedProposal } from "~/features/labeling/review/review";
import type { Verdict } from "~/features/labeling/review/review-filter";
import { quote, visible } from "~/quote";

export type CardControl = {
  decision: ReviewedProposal["decision"];
  /** The page does not know it from the server yet. */
  isOwn: boolean;
  /** Accepting it once more replaces a person's label. */
  isAsked: boolean;
  /** Null for who only looks. */
  decide: ((decision: Verdict) => void) | null;
};

type ProposalCardProps = { proposal: ReviewedProposal; control: CardControl; open(): void };

/** A proposal beside its picture, its folder and the present label. */
export function ProposalCard({ proposal, control, open }: ProposalCardProps) {
  const name = baseName(proposal.key);
  return (
    <article
      data-proposal={proposal.id}
      aria-label={`${attributeWords(proposal.attribute)} of ${visible(name)}`}
      className={cx(
        "flex h-full scroll-mt-16 scroll-mb-24 gap-3 rounded-md border border-line bg-surface p-2 outline-accent has-[[data-opens]:focus]:outline-2",
        control.decision !== "open" && "bg-sunken",
      )}
    >
      <button
        type="button"
        data-opens
        onClick={open}
        aria-label={`Look at ${visible(name)}`}
        className="w-24 shrink-0 self-start outline-none"
      >
        <Picture
          imageId={proposal.imageId}
          etag={proposal.etag}
          missing={proposal.isGone ? "No longer in the bucket" : proposal.hasThumbnail ? undefined : "No thumbnail"}
          alt={visible(name)}
          className="aspect-[3/4] w-full"
        />
      </button>
      <div className="flex min-w-0 grow flex-col gap-1">
        <Change proposal={proposal} />
        <Beside proposal={proposal} />
        <p className="truncate text-xs text-muted" title={visible(proposal.key)}>
          <KeyName>{name}</KeyName>
        </p>
        <Stand proposal={proposal} control={control} />
      </div>
    </article>
  );
}

/** What would become of what, and how sure the model is. */
export function Change({ proposal }: { proposal: ReviewedProposal }) {
  const { attribute, old, value, estimate } = proposal;
  return (
    <div>
      <p className="flex items-baseline justify-between gap-2 text-xs text-muted">
        {attributeWords(attribute)}
        <span className="tabular-nums" title="The model's confidence, from 0 to 1">
          {proposal.confidence === null ? "–" : confidence(proposal.confidence)}
        </span>
      </p>
      <p className="[overflow-wrap:anywhere]">
        <span className="text-muted">{oldWords(old)} → </span>
        <span className="font-medium">{visible(value)}</span>
        {estimate !== null && <span className="text-xs text-muted tabular-nums"> {Math.round(estimate)}&#x202f;y</span>}
      </p>
    </div>
  );
}

/** What the folder and the present label say, and what stands in the way of accepting it. */
export function Beside({ proposal }: { proposal: ReviewedProposal }) {
  const { folder, value, source, acceptedByName, acceptedAt, isConflict, isOutdated, isSame } = proposal;
  return (
    <>
      <p className="text-xs text-muted [overflow-wrap:anywhere]">
        folder: {folder === null ? "–" : visible(folder)}
        {source && ` · label: ${source === "model" ? "model" : `${source}, ${visible(acceptedByName ?? "")}`}`}
        {source === "person" && acceptedAt && (
          <>
            , <Time at={acceptedAt} />
          </>
        )}
      </p>
      {folder !== null && folder !== value && (
        <Status tone="warn" className="text-xs">
          Folder disagrees
        </Status>
      )}
      {isConflict && !isOutdated && (
        <Status tone="warn" className="text-xs">
          A person’s label
        </Status>
      )}
      {isOutdated && (
        <Status tone="warn" className="text-xs">
          {proposal.isGone ? "No longer in the bucket" : "The image changed since"}
        </Status>
      )}
      {isSame && <span className="text-xs text-muted">Already labeled so</span>}
    </>
  );
}

/** What was decided, by whom; or the two ways to decide. */
export function Stand({ proposal, control }: Omit<ProposalCardProps, "open">) {
  const { decision, isOwn, isAsked, decide } = control;
  const about = `${attributeWords(proposal.attribute)} of ${visible(baseName(proposal.key))}`;
  return (
    <div className="mt-auto flex flex-col gap-1 pt-1">
      {isAsked && (
        <p role="alert" className="text-xs text-warn">
          {proposal.acceptedByName} set {quote(oldWords(proposal.old))}. Accept once more to replace it.
        </p>
      )}
      {decision !== "open" && (
        <p className="text-xs text-muted">
          <Status tone={decision === "accepted" ? "good" : "idle"} className="text-xs">
            {decision === "accepted" ? "Accepted" : "Rejected"}
          </Status>{" "}
          {isOwn ? "by you" : `by ${visible(proposal.decidedByName ?? "")}`}
          {!isOwn && proposal.decidedAt && (
            <>
              , <Time at={proposal.decidedAt} />
            </>
          )}
        </p>
      )}
      {decision === "accepted" && proposal.isConflict && !proposal.isOverThatRev && !isOwn && (
        <Status tone="warn" className="text-xs">
          A person’s label came since: accept it again
        </Status>
      )}
      {decide && (
        <div className="flex flex-wrap gap-1">
          {(decision !== "accepted" || (proposal.isConflict && !proposal.isOverThatRev && !isOwn)) &&
            !proposal.isOutdated && (
              <Button onClick={() => decide("accepted")} className="h-7 px-2">
                {isAsked ? "Replace" : "Accept"}
                <span className="sr-only"> {about}</span>
              </Button>
            )}
          {decision !== "rejected" && (
            <Button variant="quiet" onClick={() => decide("rejected")} className="h-7 px-2">
              Reject
              <span className="sr-only"> {about}</span>
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
