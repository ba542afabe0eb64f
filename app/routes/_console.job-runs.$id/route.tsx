import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { PlanFacts } from "~/components/runs/plan-facts";
import { PlanWarnings } from "~/components/runs/plan-warnings";
import { RunCommands } from "~/components/runs/run-commands";
import { RunError } from "~/components/runs/run-error";
import { RunPause } from "~/components/runs/run-pause";
import { RunProgress } from "~/components/runs/run-progress";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { raiseDrawBudget } from "~/features/drawing/raise-draw-budget.server";
import { readDrawRun } from "~/features/drawing/read-draw-run.server";
import { raiseEmbedBudget } from "~/features/embeddings/raise-embed-budget.server";
import { plural } from "~/features/format";
import { isExpired } from "~/features/job-runs/allowed";
import { isFinished } from "~/features/job-runs/status";
import { itemFilter } from "~/features/list-filters";
import { requireBudget } from "~/features/model-calls/budget";
import { idOf, pageOf } from "~/web/address";
import { actOnRun, runIntents } from "~/web/forms/act-on-run.server";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Conflicts } from "./conflicts";
import { DrawnPictures } from "./drawn-pictures";
import { Failures } from "./failures";
import { Items } from "./items";
import { KeptOriginals } from "./kept-originals";
import { ModelCalls } from "./model-calls";
import { readRunPage } from "./read-run-page.server";
import { RunMeta } from "./run-meta";
import { SideBySide } from "./side-by-side";
import { Throughput } from "./throughput";
import { timelineOf } from "./timeline";
import { TimelinePanel } from "./timeline-panel";
import { TrialResults } from "./trial-results";
import { TryIt } from "./try-it";
import { useUndoToast } from "./use-undo-toast";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: pageTitle(data?.run.title ?? "Jobs") }];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [{ label: "Jobs", to: "/job-runs" }, { label: `Run ${id}` }],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const search = new URL(request.url).searchParams;
  return readRunPage(context.ports, idOf(params.id), {
    ...itemFilter.parse(search),
    page: pageOf(search),
  });
}

const raise = z.object({ intent: z.literal("raise-budget"), budgetUsd: z.string() });

export function action(args: ActionFunctionArgs) {
  const page = () => `/job-runs/${idOf(args.params.id)}`;
  const schema = z.discriminatedUnion("intent", [runIntents, raise]);
  return answerForm(args, { role: "operator", schema, page }, async ({ form, ...asked }) => {
    const runId = idOf(args.params.id);
    if (form.intent !== "raise-budget") return actOnRun({ form, ...asked }, runId);
    const budgetUsd = requireBudget(Number(form.budgetUsd || Number.NaN));
    const raiseBudget = (await readDrawRun(asked.ports, runId)) ? raiseDrawBudget : raiseEmbedBudget;
    await raiseBudget(asked.ports, { runId, budgetUsd, actor: asked.actor });
    return asked.back();
  });
}

export default function JobRun() {
  const page = useLoaderData<typeof loader>();
  const { run, list, filter, steps, events, undos, offered, undoTime, subject } = page;
  const { originals, sideBySide, cost, drawn, trial, offeredTrial } = page;
  const isPlan = run.status === "planned";
  const hasProgress = run.status === "planning" || (run.plannedAt !== null && !isPlan);
  const conflicts = run.summary?.conflicts;
  const isUndoUnderWay = undos.some((undo) => !undo.isFinished);
  useLive(!isFinished(run.status) || isUndoUnderWay);
  useUndoToast(run, offered);
  return (
    <Page
      title={run.title}
      meta={<RunMeta run={run} undos={undos} undoTime={undoTime} subject={subject} />}
      actions={
        <RunCommands
          run={run}
          applyLabel={`Apply to ${plural(run.planned - (conflicts?.count ?? 0), "item")}`}
          offered={offered}
        />
      }
    >
      <RunError run={run} />
      <RunPause run={run} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          {hasProgress && (
            <Panel title="Progress">
              <RunProgress run={run} done="succeeded" />
            </Panel>
          )}
          {cost && !isPlan && <ModelCalls cost={cost} isPaused={run.status === "paused"} />}
          {drawn.length > 0 && <DrawnPictures pictures={drawn} />}
          {trial && <TrialResults rows={trial} />}
          {run.failures.length > 0 && <Failures run={run} isRetried={offered.includes("retry")} />}
          {isPlan && (
            <Panel title="Plan">
              <p className="mb-3">
                {isExpired(run)
                  ? "This plan is older than 24 hours and can no longer be applied. Start a new run."
                  : "Nothing has been changed. Applying does exactly what is listed below."}
              </p>
              <PlanFacts run={run} />
            </Panel>
          )}
          {isPlan && <PlanWarnings summary={run.summary} />}
          {offeredTrial && <TryIt runId={run.id} offer={offeredTrial} />}
          {sideBySide && <SideBySide pairs={sideBySide} />}
          {originals > 0 && <KeptOriginals runId={run.id} count={originals} />}
          {conflicts && <Conflicts conflicts={conflicts} />}
          <Throughput steps={steps} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {!isPlan && (
            <Panel title="Plan">
              <PlanFacts run={run} />
            </Panel>
          )}
          <TimelinePanel entries={timelineOf({ run, events, undos })} />
        </div>
      </div>
      {run.plannedAt !== null && <Items run={run} list={list} filter={filter} />}
    </Page>
  );
}
