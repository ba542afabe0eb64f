import { Form } from "@remix-run/react";
import { useId } from "react";
import { DialogActions, DialogClose, FormDialog } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { controlClass } from "~/components/ui/forms/field";
import { HiddenFields, useIsPending } from "./action-button";

/** Sets a finding aside, with a reason for whoever comes across it later. */
export function IgnoreDialog({ finding }: { finding: { id: number; sentence: string } }) {
  const id = useId();
  const isPending = useIsPending("ignore");
  return (
    <FormDialog title="Ignore this finding" description={finding.sentence} trigger={<Button>Ignore…</Button>}>
      <Form method="post" preventScrollReset className="mt-4">
        <HiddenFields fields={{ findingId: finding.id }} />
        <label htmlFor={id} className="text-sm font-medium">
          Why it is to be ignored
        </label>
        <p id={`${id}-hint`} className="text-sm text-muted">
          At least 3 characters. It counts again when it was mended and comes back.
        </p>
        <textarea
          id={id}
          name="reason"
          required
          minLength={3}
          maxLength={300}
          rows={3}
          aria-describedby={`${id}-hint`}
          className={`${controlClass} mt-1 h-auto py-2 max-sm:h-auto`}
        />
        <DialogActions>
          <DialogClose asChild>
            <Button>Keep it open</Button>
          </DialogClose>
          <Button type="submit" name="intent" value="ignore" variant="primary" pending={isPending}>
            Ignore finding
          </Button>
        </DialogActions>
      </Form>
    </FormDialog>
  );
}
