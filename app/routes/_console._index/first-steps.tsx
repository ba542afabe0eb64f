import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useHasRole } from "~/components/operator";
import { RunBadge } from "~/components/runs/run-badge";
import { StartRunForm } from "~/components/runs/start-run-form";
import { cx } from "~/components/ui/cx";
import { ButtonLink } from "~/components/ui/forms/button";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { Progress } from "~/components/ui/progress";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { type FirstStep, isUnderWay } from "~/features/first-run/first-steps";
import { count } from "~/features/format";

type StepWords = { title: string; text: ReactNode; start: ReactNode; again: ReactNode };

const words: Record<FirstStep["name"], StepWords> = {
  storage: {
    title: "Reach the bucket",
    text: "Tries what the console will do there with a few small objects of its own, below trash/.",
    start: <ProbeButton>Probe the bucket</ProbeButton>,
    again: <ProbeButton>Probe the bucket again</ProbeButton>,
  },
  index: {
    title: "Index the bucket",
    text: "Reads every key, size and ETag. Nothing in the bucket changes.",
    start: <StartButton kind="index-images">Index the bucket</StartButton>,
    again: <StartButton kind="index-images">Index the bucket again</StartButton>,
  },
  roots: {
    title: "See the attribute roots",
    text: (
      <>
        A root is a folder whose subfolders are attribute groups. <code>labels/schema.json</code> names the roots and is
        read again by itself.
      </>
    ),
    start: null,
    again: <StartButton kind="index-images">Index the bucket again</StartButton>,
  },
  audit: {
    title: "Audit the attribute groups",
    text: "Compares each reference folder with its name.",
    start: <StartButton kind="audit-groups">Audit groups</StartButton>,
    again: <StartButton kind="audit-groups">Audit groups again</StartButton>,
  },
  thumbnails: {
    title: "Make thumbnails",
    text: "Pages show thumbnails only. The plan says first how many images, bytes and S3 calls it takes.",
    start: (
      <StartRunForm kind="backfill-thumbnails" variant="primary">
        Plan thumbnails
      </StartRunForm>
    ),
    again: (
      <StartRunForm kind="backfill-thumbnails" variant="primary">
        Plan thumbnails again
      </StartRunForm>
    ),
  },
};

/** How to begin, one step after the other: the next one offers its button and shows its progress. */
export function FirstSteps({ steps, hasWorker }: { steps: FirstStep[]; hasWorker: boolean }) {
  const canStart = useHasRole("operator");
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <Panel
      title="First steps"
      aside={
        <span className="text-sm text-muted tabular-nums">
          {done} of {steps.length} done
        </span>
      }
      isPadded={false}
    >
      {!hasWorker && (
        <p className="border-b border-line px-4 py-2.5 text-sm">
          <Status tone="warn">No worker yet</Status>{" "}
          <span className="text-muted">
            Runs wait until one is there. Start it on this machine: <code>npm run worker</code>
          </span>
        </p>
      )}
      <ol className="divide-y divide-line">
        {steps.map((step, index) => (
          <Step key={step.name} step={step} number={index + 1} canStart={canStart} />
        ))}
      </ol>
      {!canStart && (
        <p className="border-t border-line px-4 py-2.5 text-sm text-muted">Operators and admins start these steps.</p>
      )}
    </Panel>
  );
}

function Step({ step, number, canStart }: { step: FirstStep; number: number; canStart: boolean }) {
  const { name, state, found, trouble, run } = step;
  const { title, text } = words[name];
  const isDone = state === "done";
  return (
    <li className="flex gap-4 px-4 py-3" aria-current={state === "next" ? "step" : undefined}>
      {isDone ? (
        <CircleCheck aria-label="Done" className="size-6 shrink-0 text-good" />
      ) : (
        <span
          aria-hidden
          className={cx(
            "grid size-6 shrink-0 place-items-center rounded-full border text-xs tabular-nums",
            state === "next" ? "border-accent text-accent" : "border-line-strong text-muted",
          )}
        >
          {number}
        </span>
      )}
      <div className="flex min-w-0 grow flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64 space-y-1 text-sm">
          <h3 className={cx("text-base", state !== "next" && "text-muted")}>{title}</h3>
          <p className="max-w-[72ch] text-muted [overflow-wrap:anywhere]">{isDone && found ? found : text}</p>
          {!isDone && found && <p className="text-muted [overflow-wrap:anywhere]">{found}</p>}
          {trouble && state !== "later" && (
            <p className="max-w-[72ch] whitespace-pre-line [overflow-wrap:anywhere]">
              <Status tone={isDone ? "warn" : "bad"}>{isDone ? "But" : "Not yet"}</Status> {trouble}
            </p>
          )}
          {run && state === "next" && <RunOfStep run={run} />}
        </div>
        {state === "next" && canStart && <Action step={step} />}
      </div>
    </li>
  );
}

/** Where the step's run stands, leading to it. */
function RunOfStep({ run }: { run: NonNullable<FirstStep["run"]> }) {
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap items-baseline gap-x-3 tabular-nums">
        <RunBadge run={run} />
        {isUnderWay(run) && run.planned > 0 && (
          <span className="text-muted">
            {run.status === "planning"
              ? `${count(run.planned)} found so far`
              : `${count(run.done)} of ${count(run.planned)}`}
          </span>
        )}
        <TextLink to={`/job-runs/${run.id}`}>See run {run.id}</TextLink>
      </p>
      {isUnderWay(run) && (
        <Progress
          label={`Progress of ${run.title}`}
          done={run.done}
          total={run.status === "running" ? run.planned : null}
        />
      )}
    </div>
  );
}

/** What an operator can press now; nothing while the step's run is under way. */
function Action({ step: { name, run, trouble, found } }: { step: FirstStep }) {
  if (run && isUnderWay(run)) return null;
  if (run?.status === "planned")
    return (
      <ButtonLink to={`/job-runs/${run.id}`} variant="primary">
        Read the plan
      </ButtonLink>
    );
  if (run?.status === "paused")
    return (
      <ButtonLink to={`/job-runs/${run.id}`} variant="primary">
        Go to the paused run
      </ButtonLink>
    );
  return trouble || found ? words[name].again : words[name].start;
}

function StartButton({ kind, children }: { kind: string; children: ReactNode }) {
  return (
    <StartRunForm kind={kind} variant="primary" returnTo="/">
      {children}
    </StartRunForm>
  );
}

function ProbeButton({ children }: { children: ReactNode }) {
  return (
    <IntentButton intent="probe-store" variant="primary">
      {children}
    </IntentButton>
  );
}
