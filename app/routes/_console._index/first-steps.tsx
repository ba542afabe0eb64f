import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { StartRunForm } from "~/components/runs/start-run-form";
import { cx } from "~/components/ui/cx";
import { ButtonLink } from "~/components/ui/forms/button";
import { Panel } from "~/components/ui/panel";

type Step = { kind: string; title: string; text: string; action: ReactNode };

const steps: Step[] = [
  {
    kind: "index-images",
    title: "Index the bucket",
    text: "Reads every key, size and ETag from S3. Nothing in the bucket changes.",
    action: (
      <StartRunForm kind="index-images" variant="primary">
        Index the bucket
      </StartRunForm>
    ),
  },
  {
    kind: "audit-groups",
    title: "Audit the attribute groups",
    text: "Compares each reference folder with its name.",
    action: (
      <StartRunForm kind="audit-groups" variant="primary">
        Audit groups
      </StartRunForm>
    ),
  },
  {
    kind: "backfill-thumbnails",
    title: "Make thumbnails",
    text: "Shows a plan first: how many images, bytes and S3 calls.",
    action: (
      <StartRunForm kind="backfill-thumbnails" variant="primary">
        Plan thumbnails
      </StartRunForm>
    ),
  },
  {
    kind: "label-run",
    title: "Propose labels",
    text: "Asks a model about the images of a root. You see the cost before it starts, and nothing is accepted automatically.",
    action: (
      <ButtonLink to="/label-runs/new" variant="primary">
        New label run
      </ButtonLink>
    ),
  },
];

/** How to begin, one step after the other; the next open one offers its button. */
export function FirstSteps({ finishedKinds, isWorking }: { finishedKinds: string[]; isWorking: boolean }) {
  const next = steps.find((step) => !finishedKinds.includes(step.kind));
  return (
    <Panel title="First steps" isPadded={false}>
      <ol className="divide-y divide-line">
        {steps.map((step, index) => {
          const isDone = finishedKinds.includes(step.kind);
          return (
            <li key={step.kind} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              {isDone ? (
                <CircleCheck aria-label="Done" className="size-6 shrink-0 text-good" />
              ) : (
                <span className="grid size-6 shrink-0 place-items-center rounded-full border border-line-strong text-xs tabular-nums">
                  {index + 1}
                </span>
              )}
              <div className="min-w-0 grow basis-56">
                <h3 className={cx("text-base", isDone && "text-muted")}>{step.title}</h3>
                <p className="text-sm text-muted">{step.text}</p>
              </div>
              {step === next && !isWorking && step.action}
              {step === next && isWorking && <span className="text-sm text-muted">Working…</span>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** True once every step has been done. */
export const hasBegun = (finishedKinds: string[]) => steps.every((step) => finishedKinds.includes(step.kind));
