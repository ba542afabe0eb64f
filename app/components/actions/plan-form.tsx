import { useFetcher } from "@remix-run/react";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { DialogActions, DialogClose } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { HiddenFields } from "~/components/ui/forms/intent-button";
import type { ActionTarget } from "./image-action";

type PlanFormProps = {
  intent: string;
  target: ActionTarget;
  /** The harmless way out: “Keep owners”. */
  keep: string;
  /** The verb that sends it. */
  submit: string;
  children: ReactNode;
};

/**
 * What a dialog asks before it plans something for selected images. It leads to the plan; a refusal is said here, and the
 * page below stays as it is.
 */
export function PlanForm({ intent, target, keep, submit, children }: PlanFormProps) {
  const { Form, state, data } = useFetcher<{ refusal: string }>();
  return (
    <Form method="post" action="/image-actions" className="mt-4">
      <HiddenFields fields={{ intent, selection: JSON.stringify(target.selection) }} />
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
