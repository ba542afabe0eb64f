import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { plural } from "~/components/format";
import { useHasRole } from "~/components/operator";
import { idOf, pageOf } from "~/components/page-of";
import { PlanFacts } from "~/components/runs/plan-facts";
import { ApplyButton, CancelButton } from "~/components/runs/run-actions";
import { RunError } from "~/components/runs/run-error";
import { RunProgress } from "~/components/runs/run-progress";
import { RunStatus } from "~/components/runs/run-status";
import { Time } from "~/components/time";
import { cx } from "~/components/ui/cx";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { readItems } from "~/features/job-runs/read-items.server";
import { readRun } from "~/features/job-runs/read-run.server";
import { isFinished } from "~/features/job-runs/status";
import { findLabelRunId } from "~/features/labeling/find-label-run-id.server";
import { actOnRun } from "~/web/act-on-run.server";
import { requireOperator } from "~/web/operator-session.server";
import { Failures } from "./failures";
import { Items } from "./items";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: pageTitle(data?.run.title ?? "Jobs") }];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [{ label: "Jobs", to: "/job-runs" }, { label: `Run ${id}` }],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const runId = idOf(params.id);
  const search = new URL(request.url).searchParams;
  const filter = {
    outcome: search.get("outcome") ?? undefined,
    errorClass: search.get("class") ?? undefined,
    page: pageOf(search),
  };
  const [run, list, labelRunId] = await Promise.all([
    readRun(context.ports, runId),
    readItems(context.ports, { runId, ...filter }),
    findLabelRunId(context.ports, runId),
  ]);
  if (!run) throw new Response(`There is no run ${runId}.`, { status: 404 });
  return { run, list, filter, labelRunId };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const runId = idOf(params.id);
  return actOnRun({ request, context }, { runId, page: `/job-runs/${runId}` });
}

export default function JobRun() {
  const { run, list, filter, labelRunId } = useLoaderData<typeof loader>();
  const canAct = useHasRole("operator");
  const isPlan = run.status === "planned";
  const isPlanned = run.plannedAt !== null;
  const hasProgress = run.status === "planning" || (isPlanned && !isPlan);
  useLive(!isFinished(run.status) && !isPlan && run.status !== "paused");
  return (
    <Page
      title={run.title}
      meta={
        <>
          <RunStatus run={run} />
          <span>run {run.id}</span>
          <span>by {run.actorName}</span>
          <Time at={run.createdAt} />
          {labelRunId !== null && (
            <Link to={`/label-runs/${labelRunId}`} className="link inline-flex items-center max-sm:min-h-11">
              Proposals of label run {labelRunId}
            </Link>
          )}
        </>
      }
      actions={
        canAct && (
          <>
            {!isFinished(run.status) && <CancelButton run={run} />}
            {isPlan && run.planHash && (
              <ApplyButton planHash={run.planHash} label={`Apply to ${plural(run.planned, "item")}`} />
            )}
          </>
        )
      }
    >
      <RunError run={run} />
      <div className={cx("grid items-start gap-4", hasProgress && "xl:grid-cols-[minmax(0,1fr)_360px]")}>
        {hasProgress && (
          <div className="flex min-w-0 flex-col gap-4">
            <Panel title="Progress">
              <RunProgress run={run} done="succeeded" />
            </Panel>
            {run.failures.length > 0 && <Failures failures={run.failures} />}
          </div>
        )}
        <Panel title="Plan">
          {isPlan && <p className="mb-3">Nothing has been changed. Applying does exactly what is listed below.</p>}
          <PlanFacts run={run} />
        </Panel>
      </div>
      {isPlanned && <Items run={run} list={list} filter={filter} />}
    </Page>
  );
}
