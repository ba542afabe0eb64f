import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { labelRunName } from "~/components/labels/label-run-name";
import { RunBadge } from "~/components/runs/run-badge";
import { RunCommands } from "~/components/runs/run-commands";
import { RunError } from "~/components/runs/run-error";
import { RunPause } from "~/components/runs/run-pause";
import { RunProgress } from "~/components/runs/run-progress";
import { Time } from "~/components/time";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TabLinks } from "~/components/ui/tabs";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { plural } from "~/features/format";
import { selectionInWords } from "~/features/images/query/image-words";
import { jobKinds } from "~/features/job-kinds.server";
import { offeredCommands } from "~/features/job-runs/allowed";
import { undoWayOf } from "~/features/job-runs/kinds/job";
import { isFinished } from "~/features/job-runs/status";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readLabelProgress } from "~/features/labeling/progress/read-label-progress.server";
import { readRefusalRates } from "~/features/labeling/refusals/read-refusals.sql.server";
import { readReview } from "~/features/labeling/review/read-review.server";
import { parseReviewList } from "~/features/labeling/review/review-filter";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { readProposals } from "~/features/labeling/views/read-proposals.server";
import { readUnlabelled } from "~/features/labeling/views/read-unlabelled.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import { idOf, pageOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { actOnLabelRun } from "./act-on-label-run.server";
import { Outcome } from "./outcome";
import { PlanAndPrompt } from "./plan-and-prompt";
import { ProgressTab } from "./progress-tab";
import { Proposals } from "./proposals";
import { hasRoom, RaiseBudget } from "./raise-budget";
import { RefusalSummary } from "./refusal-summary";
import { ReviewTab } from "./review/review";
import { Spending } from "./spending";
import { labelRunTabs, tabOf } from "./tabs";
import { Unlabelled } from "./unlabelled";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = ({ params }) => [{ title: pageTitle(`Label run ${params.id}`) }];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [{ label: "Labeling", to: "/label-runs" }, { label: `Label run ${id}` }],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const runId = idOf(params.id);
  const search = new URL(request.url).searchParams;
  const page = pageOf(search);
  const labelRun = await readLabelRun(context.ports, runId);
  const { tab, errorClasses } = tabOf(search.get("tab"), labelRun.run);
  const schema = await loadLabelSchema();
  const [ownerNames, rates, progress, review, proposals, unlabelled] = await Promise.all([
    readOwnerNames(context.ports.db, [labelRun.scope.selection]),
    tab === "refused" ? readRefusalRates(context.ports.db, { run: runId }, schema.roots) : null,
    tab === "progress" ? readLabelProgress(context.ports.db, labelRun.run, Object.keys(schema.attributes)) : null,
    tab === "review" ? readReview(context.ports, { runId, schema, ...parseReviewList(search) }) : null,
    tab === "proposals" ? readProposals(context.ports, { runId, page }) : null,
    errorClasses ? readUnlabelled(context.ports, { runId, errorClasses, page }) : null,
  ]);
  const offered = offeredCommands(labelRun.run, { way: undoWayOf(jobKinds.get(labelRun.run.kind)), isUndone: false });
  const values = Object.fromEntries(Object.entries(schema.attributes).map(([name, { values }]) => [name, values]));
  return { labelRun, ownerNames, offered, tab, page, rates, progress, review, values, proposals, unlabelled };
}

export const action = actOnLabelRun;

export default function LabelRun() {
  const { labelRun, ownerNames, offered, tab, page, rates, progress, review, values, proposals, unlabelled } =
    useLoaderData<typeof loader>();
  const { run, prompt, scope, totals, budgetUsd } = labelRun;
  // Resumed with what the budget leaves, it would only pause again.
  const needed = run.status === "paused" && budgetUsd !== null && !hasRoom({ totals }, budgetUsd) ? budgetUsd : null;
  const isWaiting = run.status === "planning" || run.status === "planned";
  useLive(!isFinished(run.status) && (run.status !== "planned" || labelRun.pilot?.last?.isOver === false));
  return (
    <Page
      title={labelRunName(run.id, scope.prompt, prompt?.version ?? null)}
      meta={
        <>
          <RunBadge run={run} />
          <span>{selectionInWords(scope.selection, ownerNames)}</span>
          <span>by {run.actorName}</span>
          <Time at={run.createdAt} />
          <TextLink to={`/job-runs/${run.id}`}>Items of this run</TextLink>
        </>
      }
      actions={
        <RunCommands
          run={run}
          applyLabel={`Propose labels for ${plural(run.planned, "image")}`}
          offered={needed === null ? offered : offered.filter((command) => command !== "resume")}
        />
      }
    >
      <RunError run={run} />
      <RunPause run={run} />
      {!isWaiting && (
        <Panel>
          {isFinished(run.status) ? <Outcome run={run} /> : <RunProgress run={run} done="answered" />}
          <Spending totals={totals} budgetUsd={budgetUsd} />
          {needed !== null && <RaiseBudget budgetUsd={needed} />}
        </Panel>
      )}
      {!isWaiting && <TabLinks label="Results" tabs={labelRunTabs(run, tab)} />}
      {isWaiting || tab === "plan" ? (
        <PlanAndPrompt labelRun={labelRun} />
      ) : progress ? (
        <ProgressTab progress={progress} />
      ) : review ? (
        <ReviewTab runId={run.id} review={review} values={values} isOver={isFinished(run.status)} />
      ) : proposals ? (
        <Proposals labelRun={labelRun} list={proposals} page={page} />
      ) : (
        unlabelled && (
          <>
            {rates && rates.refused > 0 && <RefusalSummary runId={run.id} rates={rates} />}
            <Unlabelled tab={tab} list={unlabelled} page={page} />
          </>
        )
      )}
    </Page>
  );
}
