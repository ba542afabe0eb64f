import { Form, useNavigation } from "@remix-run/react";
import { plural } from "~/components/format";
import { Button } from "~/components/ui/button";
import { Dialog, DialogClose } from "~/components/ui/dialog";
import type { RunStatus } from "~/features/job-runs/status";

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

type CancelButtonProps = { run: { status: RunStatus; planned: number; done: number } };

/** Ends a run after asking. A plan that was never applied is only discarded. */
export function CancelButton({ run }: CancelButtonProps) {
  const intent = usePendingIntent();
  const isPlan = run.status === "planning" || run.status === "planned";
  const verb = isPlan ? "Discard plan" : "Cancel run";
  return (
    <Dialog
      title={isPlan ? "Discard this plan?" : "Cancel this run?"}
      description={
        isPlan
          ? "Nothing has been changed by it. You can plan the same again at any time."
          : `${plural(run.done, "finished item")} of ${run.planned} stay as they are; the rest is not touched.`
      }
      trigger={<Button>{verb}</Button>}
    >
      <DialogClose asChild>
        <Button>{isPlan ? "Keep plan" : "Keep running"}</Button>
      </DialogClose>
      <Form method="post">
        <Button type="submit" name="intent" value="cancel" variant="danger" pending={intent === "cancel"}>
          {verb}
        </Button>
      </Form>
    </Dialog>
  );
}
