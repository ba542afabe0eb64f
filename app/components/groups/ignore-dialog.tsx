import { useId } from "react";
import { FormDialog } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { DialogForm } from "~/components/ui/forms/dialog-form";
import { controlClass } from "~/components/ui/forms/field";

/** Sets a finding aside, with a reason for whoever comes across it later. */
export function IgnoreDialog({ finding }: { finding: { id: number; sentence: string } }) {
  const id = useId();
  return (
    <FormDialog title="Ignore this finding" description={finding.sentence} trigger={<Button>Ignore…</Button>}>
      <DialogForm intent="ignore" fields={{ findingId: finding.id }} keep="Keep it open" submit="Ignore finding">
        <label htmlFor={id} className="text-sm font-medium">
          Reason
        </label>
        <p id={`${id}-hint`} className="text-sm text-muted">
          At least 3 characters. If the finding is fixed and later comes back, it counts again.
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
      </DialogForm>
    </FormDialog>
  );
}
