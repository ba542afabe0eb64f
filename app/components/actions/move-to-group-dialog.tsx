import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

type RootGroups = { root: string; groups: string[] };

/** Asks into which attribute group images are to move. */
export function MoveToGroupDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  const { load, data } = useFetcher<{ roots: RootGroups[] }>();
  const [root, setRoot] = useState(target.group?.root ?? null);
  useEffect(() => load("/schema-options"), [load]);
  const roots = data?.roots ?? [];
  const chosen = root ?? roots[0]?.root ?? "";
  const groups = roots.find((each) => each.root === chosen)?.groups ?? [];
  return (
    <FormDialog
      title={`Move ${target.what}`}
      description="Into the folder of a group, along with their labels. You see the plan first."
      onClose={onClose}
    >
      <PlanForm intent="move-images" target={target} keep="Leave in place" submit="Plan the move">
        <div className="flex flex-col gap-3">
          {roots.length > 1 ? (
            <Choice label="Root" name="root" value={chosen} onChange={(event) => setRoot(event.target.value)}>
              {roots.map((each) => (
                <option key={each.root}>{each.root}</option>
              ))}
            </Choice>
          ) : (
            <input type="hidden" name="root" value={chosen} />
          )}
          <Choice label="To the group" name="to" required defaultValue="" key={chosen}>
            <option value="">{data ? "Choose a group" : "Loading …"}</option>
            {groups
              .filter((name) => chosen !== target.group?.root || name !== target.group.name)
              .map((name) => (
                <option key={name}>{name}</option>
              ))}
          </Choice>
          {data && groups.length === 0 && (
            <p className="text-sm text-muted">No group is known here. Audit the groups first.</p>
          )}
        </div>
      </PlanForm>
    </FormDialog>
  );
}
