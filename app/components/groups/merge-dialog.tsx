import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { Choice } from "~/components/ui/forms/choice";
import { DialogForm } from "~/components/ui/forms/dialog-form";
import { findSame } from "~/features/attribute-groups/actions/action-scope";
import { quote } from "~/quote";
import { useActionScope } from "./action-scope";
import { GroupOptions } from "./group-options";

/** Asks with which other group this one is merged, and which of the two stays. */
export function MergeDialog({ group, trigger }: { group: string; trigger: ReactNode }) {
  return (
    <FormDialog
      title={`Merge ${quote(group)}`}
      description="All objects of one group move into the other, along with their labels. You see the plan first."
      trigger={trigger}
    >
      <MergeForm group={group} />
    </FormDialog>
  );
}

function MergeForm({ group }: { group: string }) {
  const scope = useActionScope();
  const attributes = scope.groups.find(({ name }) => name === group)?.attributes ?? null;
  const same = findSame(scope, group, attributes);
  const others = scope.groups.filter((other) => other.name !== group && !same.includes(other));
  const [other, setOther] = useState(same[0]?.name ?? "");
  const [doesStay, setStay] = useState(false);
  const [gone, into] = doesStay ? [other, group] : [group, other];
  return (
    <DialogForm leadsAway intent="merge-groups" fields={{ group: gone, into }} keep="Keep both" submit="Plan the merge">
      <div className="flex flex-col gap-3">
        <Choice label="Merge with" required value={other} onChange={(event) => setOther(event.target.value)}>
          <GroupOptions same={same} others={others} />
        </Choice>
        {other && (
          <div className="flex items-center justify-between gap-3 rounded-md bg-sunken py-2 pr-2 pl-3">
            <p className="min-w-0 text-sm [overflow-wrap:anywhere]" aria-live="polite">
              <span className="block font-mono text-xs">
                {gone}/ → {into}/
              </span>
              <span className="text-muted">
                {quote(into)} keeps its reference image; {quote(gone)} will no longer exist.
              </span>
            </p>
            <Button variant="quiet" onClick={() => setStay(!doesStay)}>
              <ArrowLeftRight aria-hidden />
              Swap
            </Button>
          </div>
        )}
      </div>
    </DialogForm>
  );
}
