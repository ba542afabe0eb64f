import { OwnerCombobox } from "~/components/owners/owner-combobox";
import { FormDialog } from "~/components/ui/dialog";
import { TextLink } from "~/components/ui/text-link";
import type { ActionTarget } from "./image-action";
import { PlanForm } from "./plan-form";

/** Asks whom images shall belong to. */
export function ReassignDialog({ target, onClose }: { target: ActionTarget; onClose(): void }) {
  return (
    <FormDialog
      title={`Reassign ${target.what}`}
      description="The objects and their keys stay where they are, unless you have them moved. You see the plan first."
      onClose={onClose}
    >
      <PlanForm intent="reassign-owner" target={target} keep="Keep owners" submit="Plan the reassignment">
        <OwnerCombobox label="New owner" name="toOwnerId" />
        <p className="mt-2 text-sm text-muted">
          Not in the list?{" "}
          <TextLink to="/owners" target="_blank">
            Create the owner
          </TextLink>{" "}
          in a new tab, then search again.
        </p>
        <label className="mt-3 flex items-start gap-2 text-sm max-sm:min-h-11">
          <input type="checkbox" name="rekey" value="yes" className="mt-0.75 accent-accent-fill" />
          <span>
            Move what lies under the present owner’s keys to the new owner’s
            <span className="block text-muted">
              Object by object: uploads/default/… becomes uploads/u-1042/… for example. A key that is taken stays as it
              is.
            </span>
          </span>
        </label>
      </PlanForm>
    </FormDialog>
  );
}
