import { Button } from "~/components/ui/forms/button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { type Finding, findingTypes, type MendingAction } from "~/features/attribute-groups/findings/finding-types";

import { plural } from "~/features/format";
import { baseName, folderName } from "~/features/images/key-layout";
import { quote } from "~/quote";
import { useCanAct } from "./action-scope";
import { IgnoreDialog } from "./ignore-dialog";
import { MergeDialog } from "./merge-dialog";
import { MoveDialog } from "./move-dialog";
import { RenameDialog } from "./rename-dialog";

/** What can be done about a finding, the most likely first; each leads to a plan. Choosing a reference stands with the images. */
export function FindingActions({ finding }: { finding: Finding }) {
  if (!useCanAct()) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {findingTypes[finding.type].actions.map((action) => (
        <FindingAction key={action} action={action} finding={finding} />
      ))}
      <IgnoreDialog finding={finding} />
    </div>
  );
}

function FindingAction({ action, finding }: { action: MendingAction; finding: Finding }) {
  const names = finding.evidence.groups.map(folderName);
  const [name] = names;
  switch (action) {
    case "rename-group":
      return names.map((group) => (
        <RenameDialog
          key={group}
          group={group}
          trigger={<Button>{names.length > 1 ? `Rename ${quote(group)}…` : "Rename…"}</Button>}
        />
      ));
    case "merge-groups":
      return name !== undefined && <MergeDialog group={name} trigger={<Button>Merge…</Button>} />;
    case "move-images":
      return (
        <MoveDialog
          keys={[finding.subject]}
          what={finding.subject.endsWith("/") ? whatOf(finding) : quote(baseName(finding.subject))}
          {...(finding.type === "nested-too-deep" ? { suggested: name } : { except: name })}
          trigger={<Button>Move…</Button>}
        />
      );
    case "quarantine-objects":
      return (
        <IntentButton leadsAway intent="quarantine-objects" fields={{ keys: [finding.subject] }}>
          Quarantine {whatOf(finding)}
        </IntentButton>
      );
    case "set-reference":
      return null;
  }
}

/** Of a folder the plan takes all that lies below it, also what is shown no more as evidence. */
function whatOf({ subject, evidence }: Finding): string {
  if (!subject.endsWith("/")) return "this file";
  return plural(evidence.objects.length + evidence.more, "object");
}
