import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import {
  countToImport,
  differenceWords,
  isSame,
  type LabelDifference,
} from "~/features/labels/travel/check/label-difference";
import { OWN_FILE } from "~/features/labels/travel/own-file";

type LabelFilePanelProps = { check: { found: LabelDifference | { problem: string }; checkedAt: Date } | null };

/** That the labels here and those of the repository differ, and how they become the same; nothing where they are. */
export function LabelFilePanel({ check }: LabelFilePanelProps) {
  const canAct = useHasRole("operator");
  if (check === null || (!("problem" in check.found) && isSame(check.found))) return null;
  const { found, checkedAt } = check;
  const toImport = "problem" in found ? 0 : countToImport(found);
  return (
    <Panel
      title="Labels of the repository"
      aside={
        canAct &&
        toImport > 0 && (
          <IntentButton intent="plan-label-import" variant="primary" leadsAway>
            Plan the import
          </IntentButton>
        )
      }
      className={toImport > 0 ? "border-warn!" : ""}
    >
      <div className="space-y-2 text-sm [overflow-wrap:anywhere]">
        {"problem" in found ? (
          <p>
            <Status tone="bad">{found.problem}</Status>
          </p>
        ) : (
          <Difference difference={found} />
        )}
        <p className="text-muted">
          Compared <Time at={checkedAt} />.
        </p>
      </div>
    </Panel>
  );
}

/** How many of the first differences are shown; the script prints more. */
const SHOWN = 3;

function Difference({ difference }: { difference: LabelDifference }) {
  const { onlyHere, unknown, first } = difference;
  return (
    <>
      <p>
        <code>{OWN_FILE}</code> and the database differ: {differenceWords(difference).join("; ")}.
      </p>
      <ul className="list-disc pl-5 text-muted">
        {first.slice(0, SHOWN).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {unknown > 0 && (
        <p className="text-muted">Labels of images that are not indexed can be imported once they are.</p>
      )}
      {onlyHere > 0 && (
        <p className="text-muted">
          To have other servers pick up the labels of this one, run <code>npx tsx scripts/export-labels.ts</code> and
          commit the file.
        </p>
      )}
    </>
  );
}
