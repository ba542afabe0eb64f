import { useFetcher } from "@remix-run/react";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "~/components/ui/cx";
import { DialogActions, DialogClose } from "~/components/ui/dialog";
import { Button } from "./button";
import { HiddenFields } from "./intent-button";

type RefusalProps = { id?: string; className?: string; children: ReactNode };

/** Why a form was refused, read aloud as it comes; nothing while there is nothing to say. */
export function Refusal({ id, className, children }: RefusalProps) {
  return (
    <p
      id={id}
      role="alert"
      className={cx("flex items-start gap-1.5 text-sm text-bad [overflow-wrap:anywhere] empty:hidden", className)}
    >
      {children && (
        <>
          <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
          {children}
        </>
      )}
    </p>
  );
}

type InPlaceFormProps = {
  /** Where it is sent. */
  action: string;
  /** What it says besides its controls, its intent too. */
  fields: Parameters<typeof HiddenFields>[0]["fields"];
  /** The harmless way out of its dialog: “Keep owners”. */
  keep: string;
  /** The verb that sends it. */
  submit: string;
  /** Its controls. */
  children: ReactNode;
};

/** A dialog's form that stays where it is: a refusal is said in it, and what was typed stays. What it did leads on. */
export function InPlaceForm({ action, fields, keep, submit, children }: InPlaceFormProps) {
  const { Form, state, data } = useFetcher<{ refusal: string }>();
  return (
    <Form method="post" action={action} className="mt-4">
      <HiddenFields fields={fields} />
      {children}
      <Refusal className="mt-3">{state === "idle" && data?.refusal}</Refusal>
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
