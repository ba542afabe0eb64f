import { Form } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { DialogActions, DialogClose, FormDialog } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { HiddenFields, useIsPending } from "./action-button";
import { useActionScope } from "./action-scope";
import { Choice, GroupOptions } from "./choice";

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
      description="Into the folder of another group, with the labels. First you see the plan."
      trigger={trigger}
    >
      <MoveForm {...move} />
    </FormDialog>
  );
}

function MoveForm({ keys, except, suggested = "" }: Omit<MoveDialogProps, "trigger" | "what">) {
  const { groups } = useActionScope();
  const [to, setTo] = useState(suggested);
  const isPending = useIsPending("move-images");
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
        <Button type="submit" name="intent" value="move-images" variant="primary" pending={isPending}>
          Plan the move
        </Button>
      </DialogActions>
    </Form>
  );
}
