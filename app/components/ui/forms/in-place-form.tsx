import { useFetcher } from "@remix-run/react";
import { CircleAlert } from "lucide-react";
import type { FormEventHandler, ReactNode } from "react";
import { DialogActions, DialogClose } from "~/components/ui/dialog";
import { Button } from "./button";
import { HiddenFields } from "./intent-button";

type InPlaceFormProps = {
  /** Where it is sent. */
  action: string;
  /** What it says besides its controls, its intent too. */
  fields: Parameters<typeof HiddenFields>[0]["fields"];
  /** The harmless way out of its dialog: “Keep owners”. */
  keep: string;
  /** The verb that sends it. */
  submit: string;
  onSubmit?: FormEventHandler<HTMLFormElement>;
  /** Its controls. */
  children: ReactNode;
};

/** A dialog's form that stays where it is: a refusal is said in it, and what was typed stays. What it did leads on. */
export function InPlaceForm({ action, fields, keep, submit, onSubmit, children }: InPlaceFormProps) {
  const { Form, state, data } = useFetcher<{ refusal: string }>();
  return (
    <Form method="post" action={action} onSubmit={onSubmit} className="mt-4">
      <HiddenFields fields={fields} />
      {children}
      <p role="alert" className="mt-3 flex items-start gap-1.5 text-sm text-bad [overflow-wrap:anywhere] empty:hidden">
        {data?.refusal && state === "idle" && (
          <>
            <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
            {data.refusal}
          </>
        )}
      </p>
      <DialogActions>
        <DialogClose asChild>
          <Button>{keep}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={state !== "idle"}>
          {submit}
        </Button>
      </DialogActions>
    </Form>
  );
}
