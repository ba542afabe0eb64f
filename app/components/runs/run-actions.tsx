import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Dialog, DialogClose } from "~/components/ui/dialog";
import { Button } from "~/components/ui/forms/button";
import { IntentButton, useIsPending } from "~/components/ui/forms/intent-button";
import { count, plural } from "~/features/format";
import type { RunStatus } from "~/features/job-runs/status";

/** Releases the plan that is on the page, and no other: its hash goes along. A risk that it names is accepted first. */
export function ApplyButton({ planHash, label, hasRisk }: { planHash: string; label: string; hasRisk: boolean }) {
  const isPending = useIsPending("apply");
  return (
    <Form method="post" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {hasRisk && (
        <label className="flex items-center gap-2 text-sm max-sm:min-h-11">
          <input type="checkbox" name="acceptsRisk" value="yes" required aria-describedby="plan-risk" />I accept the
          risk
        </label>
      )}
      <input type="hidden" name="planHash" value={planHash} />
      <Button type="submit" name="intent" value="apply" variant="primary" pending={isPending}>
        {label}
      </Button>
    </Form>
  );
}

/** Pauses a run that is under way, resumes one that is paused: one button, so that the focus stays on it. */
export function PauseButton({ run }: { run: { status: RunStatus } }) {
  const isPausing = useIsPending("pause");
  const isResuming = useIsPending("resume");
  const intent = run.status === "paused" ? "resume" : "pause";
  return (
    <Form method="post">
      <Button
        type="submit"
        name="intent"
        value={intent}
        variant={intent === "resume" ? "primary" : "secondary"}
        pending={isPausing || isResuming}
      >
        {intent === "resume" ? "Resume run" : "Pause run"}
      </Button>
    </Form>
  );
}

/** Plans the undo; nothing is put back before that plan was read and applied. */
export function UndoButton({ run }: { run: { succeeded: number } }) {
  return (
    <IntentButton leadsAway intent="undo">
      Undo {plural(run.succeeded, "item")} …
    </IntentButton>
  );
}

type RetryButtonProps = { errorClass?: string; children: ReactNode };

/** Tries failed items again: all, or those of one class. */
export function RetryButton({ errorClass, children }: RetryButtonProps) {
  return (
    <IntentButton intent="retry" fields={errorClass === undefined ? {} : { errorClass }}>
      {children}
    </IntentButton>
  );
}

type CancelButtonProps = { run: { status: RunStatus; planned: number; done: number } };

/** Ends a run after asking. A plan that was never applied is only discarded. */
export function CancelButton({ run }: CancelButtonProps) {
  const isPlan = run.status === "planning" || run.status === "planned";
  const verb = isPlan ? "Discard plan" : "Cancel run";
  return (
    <Dialog
      title={isPlan ? "Discard this plan?" : "Cancel this run?"}
      description={
        isPlan
          ? "It has changed nothing. You can make the same plan again at any time."
          : `What was done stays: ${count(run.done)} of ${count(run.planned)} items. The rest is not touched.`
      }
      trigger={<Button>{verb}</Button>}
    >
      <DialogClose asChild>
        <Button>{isPlan ? "Keep plan" : "Keep running"}</Button>
      </DialogClose>
      <IntentButton intent="cancel" variant="danger">
        {verb}
      </IntentButton>
    </Dialog>
  );
}
