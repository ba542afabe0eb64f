import { useHasRole } from "~/components/operator";
import { ButtonLink } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";
import type { TrialOffer } from "~/features/drawing/trial/offer-trial.server";
import { leftOutWords, nothingToTry, triedWords } from "~/features/drawing/trial/trial-words";
import { plural } from "~/features/format";

/** Leads to what would be drawn with the reference that a plan sets, and with the one that it replaces. */
export function TryIt({ runId, offer: { what, generations, leftOut } }: { runId: number; offer: TrialOffer }) {
  const canTry = useHasRole("operator");
  const left = leftOutWords(leftOut);
  return (
    <Panel title="Try it first">
      <p className="text-sm">
        {generations === 0
          ? nothingToTry(what)
          : `${triedWords(generations)} that used ${what} can be drawn once more with the old reference and with the new one, side by side. You see the cost first.`}
      </p>
      {left && <p className="mt-2 text-sm text-muted">{left}</p>}
      {generations > 0 && canTry && (
        <ButtonLink to={`/job-runs/${runId}/try`} className="mt-3">
          Try it on {plural(generations, "generation")}
        </ButtonLink>
      )}
    </Panel>
  );
}
