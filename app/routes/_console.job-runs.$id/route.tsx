import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
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
import { plural } from "~/features/format";
import { isExpired } from "~/features/job-runs/allowed";
import { isFinished } from "~/features/job-runs/status";
import { itemFilter } from "~/features/list-filters";
import { idOf, pageOf } from "~/web/address";
import { actOnRun, runIntents } from "~/web/forms/act-on-run.server";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Conflicts } from "./conflicts";
import { Failures } from "./failures";
import { Items } from "./items";
import { KeptOriginals } from "./kept-originals";
import { readRunPage } from "./read-run-page.server";
import { RunMeta } from "./run-meta";
import { SideBySide } from "./side-by-side";
import { Throughput } from "./throughput";
import { timelineOf } from "./timeline";
import { TimelinePanel } from "./timeline-panel";
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

export function action(args: ActionFunctionArgs) {
  const page = () => `/job-runs/${idOf(args.params.id)}`;
  return answerForm(args, { role: "operator", schema: runIntents, page }, (asked) =>
    actOnRun(asked, idOf(args.params.id)),
  );
}

export default function JobRun() {
  const { run, list, filter, steps, events, undos, offered, undoTime, subject, originals, sideBySide } =
    useLoaderData<typeof loader>();
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
