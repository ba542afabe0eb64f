import { useHasRole } from "~/components/operator";
import { RunBadge } from "~/components/runs/run-badge";
import { Time } from "~/components/time";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { TextLink } from "~/components/ui/text-link";
import { plural } from "~/features/format";
import { statusInSentence } from "~/features/job-runs/status";
import type { PromotionView } from "~/features/labeling/review/review";

/** What became labels, and the way back. */
export function Promotions({ promotions }: { promotions: readonly PromotionView[] }) {
  if (promotions.length === 0) return null;
  return (
    <ul aria-label="Promotions" className="divide-y divide-line rounded-md border border-line bg-surface text-sm">
      {promotions.map((promotion) => (
        <li key={promotion.run.id} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
          <Promotion {...promotion} />
        </li>
      ))}
    </ul>
  );
}

function Promotion({ run, rollback, canRollBack }: PromotionView) {
  const canAct = useHasRole("operator");
  const left = run.skipped + run.failed;
  return (
    <>
      <TextLink to={`/job-runs/${run.id}`}>Promotion {run.id}</TextLink>
      <RunBadge run={run} />
      {run.status === "planned" ? (
        <span>{plural(run.planned, "label")} planned, none changed yet</span>
      ) : (
        <span className="tabular-nums">
          {plural(run.succeeded, "label")} promoted{left > 0 && ` · ${plural(left, "label")} left as they were`}
        </span>
      )}
      <span className="text-muted">
        {run.actorName}, <Time at={run.createdAt} />
      </span>
      <span className="grow" />
      {rollback && (
        <span className="text-muted">
          Rolled back by <TextLink to={`/job-runs/${rollback.id}`}>run {rollback.id}</TextLink>,{" "}
          {statusInSentence(rollback.status)}
        </span>
      )}
      {canAct && canRollBack && (
        <IntentButton leadsAway intent="undo" action={`/job-runs/${run.id}`}>
          Roll back {plural(run.succeeded, "label")} …
        </IntentButton>
      )}
    </>
  );
}
