import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { Button } from "~/components/ui/button";
import { DialogActions, DialogClose, FormDialog } from "~/components/ui/dialog";
import { HiddenFields, useIsPending } from "./action-button";
import { useActionScope } from "./action-scope";
import { Choice, GroupOptions } from "./choice";

type MoveDialogProps = {
  /** Keys, or folders with all that lies below. */
  keys: string[];
  /** “2 images”, “the stray object” */
  what: string;
  /** The group in which they lie, which is no target. */
  except?: string | undefined;
  /** The group that is most likely meant. */
  suggested?: string | undefined;
  trigger: ReactNode;
};

/** Asks into which group objects are to move. */
export function MoveDialog({ trigger, ...move }: MoveDialogProps) {
  return (
    <FormDialog
      title={`Move ${move.what}`}
      description="They move into the folder of another group, their labels with them. First you see the plan."
      trigger={trigger}
    >
      <MoveForm {...move} />
    </FormDialog>
  );
}

function MoveForm({ keys, what, except, suggested = "" }: Omit<MoveDialogProps, "trigger">) {
  const { groups } = useActionScope();
  const [to, setTo] = useState(suggested);
  const isPending = useIsPending("move");
  return (
    <Form method="post" className="mt-4">
      <HiddenFields fields={{ keys }} />
      <Choice label="To the group" name="to" required value={to} onChange={(event) => setTo(event.target.value)}>
        <GroupOptions same={[]} others={groups.filter(({ name }) => name !== except)} />
      </Choice>
      <DialogActions>
        <DialogClose asChild>
          <Button>Leave in place</Button>
        </DialogClose>
        <Button type="submit" name="intent" value="move" variant="primary" pending={isPending}>
          Plan the move of {what}
        </Button>
      </DialogActions>
    </Form>
  );
}
