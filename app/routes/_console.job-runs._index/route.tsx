import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { ListChecks } from "lucide-react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { Pages } from "~/components/lists/pages";
import { RunTable } from "~/components/runs/run-table";
import { StartRunForm } from "~/components/runs/start-run-form";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { testWebhook } from "~/features/alert-webhook/send-alerts";
import { plural } from "~/features/format";
import { jobKinds } from "~/features/job-kinds.server";
import { listStarts, startKind } from "~/features/job-runs/commands/start-kind.server";
import { withPages } from "~/features/job-runs/kinds/job";
import { isFinished } from "~/features/job-runs/status";
import { listRuns, readRunFacets } from "~/features/job-runs/views/list-runs.server";
import { isFiltered, runFilter } from "~/features/list-filters";
import { requireKnownFilters } from "~/features/require-known-filters";
import { pageOf } from "~/web/address";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { safeReturnTo } from "~/web/sign-in/safe-return-to";
import { RunFilters } from "./run-filters";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Jobs") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Jobs" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  const page = pageOf(params);
  requireKnownFilters(params, { filters: runFilter.names, beside: ["page"] });
  const { status, ...filter } = runFilter.parse(params, context.ports.clock.now());
  const [list, facets] = await Promise.all([
    listRuns(context.ports, { ...filter, status, page }),
    readRunFacets(context.ports, filter),
  ]);
  const kinds = Array.from(jobKinds.values(), ({ definition: { kind, title } }) => ({ kind, title }));
  const { webhook } = context.ports;
  const starts = listStarts(jobKinds).filter(({ kind }) => kind !== testWebhook.kind || webhook !== null);
  return { ...list, runs: withPages(jobKinds, list.runs), ...facets, kinds, starts, page };
}

const form = z.object({ kind: z.string(), returnTo: z.string().optional() });

/** Starts a run. A scan applies its own plan; anything else waits on its page until someone has read it. */
export function action(args: ActionFunctionArgs) {
  return answerForm(args, { role: "operator", schema: form, page: "/job-runs" }, async ({ form, actor, ports }) => {
    const { runId } = await startKind(ports, jobKinds, { kind: form.kind, actor });
    return redirect(form.returnTo ? safeReturnTo(form.returnTo) : `/job-runs/${runId}`);
  });
}

export default function JobRuns() {
  const { runs, total, page, pageSize, counts, actors, kinds, starts } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const isNarrowed = isFiltered(runFilter, params);
  const isUnderWay = runs.some((run) => !isFinished(run.status) && run.status !== "planned");
  useLive(isUnderWay);
  return (
    <Page
      title="Jobs"
      meta={<span>{plural(total, "run")}, newest first</span>}
      actions={starts.map(({ kind, label }) => (
        <StartRunForm key={kind} kind={kind}>
          {label}
        </StartRunForm>
      ))}
    >
      <RunFilters counts={counts} actors={actors} kinds={kinds} />
      <Panel isPadded={false}>
        {runs.length > 0 ? (
          <RunTable caption="Job runs" runs={runs} />
        ) : (
          <EmptyState
            icon={ListChecks}
            title={isNarrowed ? "No runs match these filters" : "No runs yet"}
            action={isNarrowed && <ButtonLink to="/job-runs">Show all runs</ButtonLink>}
          >
            <p>Every change is a job run: its plan before, its progress during, and what became of each item after.</p>
          </EmptyState>
        )}
        <Pages page={page} pageSize={pageSize} total={total} />
      </Panel>
    </Page>
  );
}
