import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { FindingList } from "~/components/groups/finding-list";
import { RunTable } from "~/components/runs/run-table";
import { StorePanel } from "~/components/storage/store-panel";
import { Time } from "~/components/time";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { count } from "~/features/format";
import { jobKinds } from "~/features/job-kinds.server";
import { withPages } from "~/features/job-runs/kinds/job";
import { readOverview } from "~/features/monitoring/overview/read-overview.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { actOnOverview } from "./act-on-overview.server";
import { AlertsPanel } from "./alerts-panel";
import { FirstSteps } from "./first-steps";
import { LabelFilePanel } from "./label-file-panel";
import { LabelingPanel } from "./labeling-panel";
import { Numbers } from "./numbers";
import { OwnersPanel } from "./owners-panel";
import { PausedRuns } from "./paused-runs";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle() }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Overview" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const overview = await readOverview(context.ports, jobKinds);
  const [lastRuns, pausedRuns] = [withPages(jobKinds, overview.lastRuns), withPages(jobKinds, overview.pausedRuns)];
  return { ...overview, lastRuns, pausedRuns };
}

export const action = actOnOverview;

export default function Overview() {
  const overview = useLoaderData<typeof loader>();
  const { alerts, findings, firstRun, isAudited, lastRuns, runs, work, asOf } = overview;
  useLive(work.runs > 0 || firstRun !== null);
  return (
    <Page
      title="Overview"
      meta={
        <span>
          as of <Time at={asOf} />
        </span>
      }
    >
      <AlertsPanel {...alerts} />
      <PausedRuns runs={overview.pausedRuns} total={work.paused} />
      <LabelFilePanel check={overview.labelFile} />
      {firstRun && <FirstSteps {...firstRun} />}
      {(firstRun === null || overview.measuredAt !== null) && <Numbers {...overview} />}
      <div className="grid items-start gap-4 empty:hidden lg:grid-cols-2">
        <LabelingPanel labeling={overview.labeling} asOf={asOf} />
        <OwnersPanel owners={overview.owners} />
      </div>
      <Panel
        title="Worst findings"
        isPadded={false}
        aside={
          findings.length > 0 && (
            <TextLink to="/attribute-groups" className="text-sm">
              All findings
            </TextLink>
          )
        }
      >
        {findings.length > 0 ? (
          <FindingList findings={findings} rootOf={({ root }) => root} />
        ) : (
          <p className="px-4 py-3 text-sm">
            {isAudited ? (
              <Status tone="good">All clear: every group matches its folder name</Status>
            ) : (
              <span className="text-muted">What an audit of the attribute groups finds is listed here.</span>
            )}
          </p>
        )}
      </Panel>
      <Panel
        title="Last runs"
        isPadded={false}
        aside={
          runs > lastRuns.length && (
            <TextLink to="/job-runs" className="text-sm">
              All {count(runs)} runs
            </TextLink>
          )
        }
      >
        {lastRuns.length > 0 ? (
          <RunTable caption="Last runs" runs={lastRuns} />
        ) : (
          <p className="px-4 py-3 text-sm text-muted">Every change is a run: its plan, its progress and its outcome.</p>
        )}
      </Panel>
      <StorePanel store={overview.store} />
    </Page>
  );
}
