import { type ReactNode, useState } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Choice } from "~/components/ui/forms/choice";
import { DialogForm } from "~/components/ui/forms/dialog-form";
import { useActionScope } from "./action-scope";
import { GroupOptions } from "./group-options";

type MoveDialogProps = {
  /** Keys, or folders with all that lies below. */
  keys: string[];
  /** “2 images”, “IMG_2041.jpg” */
  what: string;
  /** The group in which they lie, which is no target. */
  except?: string | undefined;
  /** The group that is most likely meant. */
  suggested?: string | undefined;
  trigger: ReactNode;
};

/** Asks into which group objects are to move. */
export function MoveDialog({ what, trigger, ...move }: MoveDialogProps) {
  return (
    <FormDialog
      title={`Move ${what}`}
      description="Into the folder of another group, along with their labels. You see the plan first."
      trigger={trigger}
    >
      <MoveForm {...move} />
    </FormDialog>
  );
}

function MoveForm({ keys, except, suggested = "" }: Omit<MoveDialogProps, "trigger" | "what">) {
  const { groups } = useActionScope();
  const [to, setTo] = useState(suggested);
  return (
    <DialogForm leadsAway intent="move-images" fields={{ keys }} keep="Leave in place" submit="Plan the move">
      <Choice label="To the group" name="to" required value={to} onChange={(event) => setTo(event.target.value)}>
        <GroupOptions same={[]} others={groups.filter(({ name }) => name !== except)} />
      </Choice>
    </DialogForm>
  );
}
