import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/components/ui/button";
import { Dialog, DialogClose } from "~/components/ui/dialog";

const usePendingIntent = () => useNavigation().formData?.get("intent");

/** Releases the plan that is on the page, and no other: its hash goes along. */
export function ApplyButton({ planHash, label }: { planHash: string; label: string }) {
  const intent = usePendingIntent();
  return (
    <Form method="post">
      <input type="hidden" name="planHash" value={planHash} />
      <Button type="submit" name="intent" value="apply" variant="primary" pending={intent === "apply"}>
        {label}
      </Button>
    </Form>
  );
}

/** Ends the run after asking. */
export function CancelButton({ done, isApplied }: { done: string; isApplied: boolean }) {
  const intent = usePendingIntent();
  return (
    <Dialog
      title="Cancel this run?"
      description={isApplied ? `${done} stay as they are. The rest is not touched.` : "Nothing has been changed yet."}
      trigger={<Button variant="secondary">Cancel run</Button>}
    >
      <DialogClose asChild>
        <Button>Keep running</Button>
      </DialogClose>
      <Form method="post">
        <Button type="submit" name="intent" value="cancel" variant="danger" pending={intent === "cancel"}>
          Cancel run
        </Button>
      </Form>
    </Dialog>
  );
}
