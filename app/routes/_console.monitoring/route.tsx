import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation, useSearchParams } from "@remix-run/react";
import { Activity } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { StartRunForm } from "~/components/runs/start-run-form";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TabLinks } from "~/components/ui/tabs";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { readWebhook } from "~/features/alert-webhook/read-webhook.server";
import { plural } from "~/features/format";
import { checks } from "~/features/monitoring/checks/registry.server";
import { readMonitoring } from "~/features/monitoring/views/read-monitoring.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { spanOf, spans } from "~/web/measurement-span";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { CheckPanel } from "./check-panel";
import { WebhookPanel } from "./webhook-panel";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Monitoring") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Monitoring" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: [], beside: ["days"] });
  const days = spanOf(params);
  const { db, webhook } = context.ports;
  const [monitoring, webhookView] = await Promise.all([
    readMonitoring(context.ports, checks, { days }),
    readWebhook(db, webhook),
  ]);
  return { ...monitoring, days, webhook: webhookView };
}

export default function Monitoring() {
  const { checks, from, asOf, lastAt, isStale, isRunning, days, webhook } = useLoaderData<typeof loader>();
  const { pathname, search } = useLocation();
  const [params] = useSearchParams();
  useLive(isRunning || (webhook?.isTesting ?? false));
  const open = checks.filter(({ last }) => last !== null && last.level !== "ok").length;
  const runNow = (variant: "primary" | "secondary") => (
    <StartRunForm kind="run-checks" variant={variant} isRunning={isRunning} returnTo={`${pathname}${search}`}>
      Run checks now
    </StartRunForm>
  );
  return (
    <Page
      title="Monitoring"
      meta={
        lastAt && (
          <>
            <span>{open === 0 ? "All checks are well" : `${plural(open, "check")} of ${checks.length} not well`}</span>
            <span>
              as of <Time at={lastAt} />
            </span>
          </>
        )
      }
      actions={
        lastAt && (
          <>
            <ExportLinks path="/measurement-exports/measurements" params={params} what="these measurements" />
            {runNow("secondary")}
          </>
        )
      }
    >
      {isStale && (
        <p className="flex flex-wrap items-baseline gap-x-3 rounded-md border border-bad bg-surface px-4 py-3 text-sm">
          <Status tone="bad">The checks have not run for over an hour</Status>
          <span>No worker is running, or their schedule is disabled. What is below may have changed since.</span>
          <TextLink to="/schedules">See the schedules</TextLink>
        </p>
      )}
      {webhook && <WebhookPanel webhook={webhook} returnTo={`${pathname}${search}`} />}
      {lastAt === null ? (
        <Panel>
          <EmptyState icon={Activity} title="No measurements yet" action={runNow("primary")}>
            <p>
              A worker runs {plural(checks.length, "check")} every half hour: how labeling gets on, what is missing,
              what it costs. Each one is shown here with its verdict and a chart.
            </p>
          </EmptyState>
        </Panel>
      ) : (
        <>
          <TabLinks
            label="Span of the charts"
            tabs={spans.map((span) => ({
              label: span === 1 ? "1 day" : `${span} days`,
              to: `?days=${span}`,
              isCurrent: span === days,
            }))}
          />
          <div className="grid gap-4 lg:grid-cols-2">
            {checks.map((check) => (
              <CheckPanel key={check.name} check={check} from={from} asOf={asOf} />
            ))}
          </div>
        </>
      )}
    </Page>
  );
}
