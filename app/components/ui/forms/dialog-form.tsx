import { Form } from "@remix-run/react";
import type { FormEventHandler, ReactNode } from "react";
import { DialogActions, DialogClose } from "~/components/ui/dialog";
import { Button } from "./button";
import { HiddenFields, useIsPending } from "./intent-button";

type DialogFormProps = {
  intent: string;
  /** What it says besides its controls. */
  fields: Parameters<typeof HiddenFields>[0]["fields"];
  /** The harmless way out: “Keep the name”. */
  keep: string;
  /** The verb that sends it. */
  submit: string;
  onSubmit?: FormEventHandler;
  /** It ends on another page, which begins at its top. */
  leadsAway?: boolean;
  /** Its controls. */
  children: ReactNode;
};

/** What a FormDialog asks for: controls, then a way out and the button that sends them. */
export function DialogForm({ intent, fields, keep, submit, onSubmit, leadsAway = false, children }: DialogFormProps) {
  const isPending = useIsPending(intent);
  return (
    <Form method="post" preventScrollReset={!leadsAway} onSubmit={onSubmit} className="mt-4">
      <HiddenFields fields={fields} />
      {children}
      <DialogActions>
        <DialogClose asChild>
          <Button>{keep}</Button>
        </DialogClose>
        <Button type="submit" name="intent" value={intent} variant="primary" pending={isPending}>
          {submit}
        </Button>
      </DialogActions>
    </Form>
  );
}
