import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Database } from "lucide-react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { StartRunForm } from "~/components/runs/start-run-form";
import { StorageTabs } from "~/components/storage/storage-tabs";
import { StorePanel } from "~/components/storage/store-panel";
import { TotalsPanel } from "~/components/storage/totals-panel";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { bytes, plural } from "~/features/format";
import { startReferenceMigration } from "~/features/ingest/start-reference-migration.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { probeStore } from "~/features/storage/read-abilities.server";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import type { SnapshotView, StorageView } from "~/features/storage-totals/views/read-storage.server";
import { readStorage } from "~/features/storage-totals/views/read-storage.server";
import { tilesOf } from "~/features/storage-totals/views/storage-view";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { GrowthPanel } from "./growth-panel";
import { OwnersMap } from "./owners-map";
import { SummaryPanel } from "./summary-panel";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Storage") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Storage" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  return readStorage(context.ports);
}

const schema = z.object({ intent: z.enum(["count-versions", "probe-store", "bring-home"]) });

/** Counts hidden versions, too, probes the store, or leads to the plan that brings home what generation records name elsewhere. */
export function action(args: ActionFunctionArgs) {
  return answerForm(args, { role: "operator", schema, page: "/storage" }, async ({ form, actor, ports, back }) => {
    switch (form.intent) {
      case "probe-store":
        await probeStore(ports, { actor });
        return back("The store was probed.");
      case "bring-home":
        return redirect(`/job-runs/${(await startReferenceMigration(ports, actor)).runId}`);
      case "count-versions":
        await startRun(ports, snapshotStorage, { payload: { versions: true }, actor, autoApply: true });
        return back();
    }
  });
}

export default function Storage() {
  const storage = useLoaderData<typeof loader>();
  const { snapshot, cost, isRunning, store, elsewhere } = storage;
  useLive(isRunning || elsewhere.isComing);
  const takeOne = (variant: "primary" | "secondary", label: string) => (
    <StartRunForm kind={snapshotStorage.kind} variant={variant} isRunning={isRunning} returnTo="/storage">
      {label}
    </StartRunForm>
  );
  return (
    <Page
      title="Storage"
      meta={
        snapshot && (
          <>
            <span>{bytes(snapshot.bytes)}</span>
            <span>{plural(snapshot.objects, "object")}</span>
            {cost !== null && (
              <span>
                {cost}
                {isUncounted(storage) && (
                  <>
                    : <TextLink to="#hidden-versions">count them</TextLink>
                  </>
                )}
              </span>
            )}
            <span>
              as of <Time at={snapshot.takenAt} />
            </span>
          </>
        )
      }
      actions={snapshot && takeOne("secondary", "Snapshot now")}
    >
      <StorageTabs current="overview" />
      <Troubles storage={storage} />
      {snapshot ? (
        <Snapshot storage={storage} snapshot={snapshot} />
      ) : (
        <Panel>
          <EmptyState icon={Database} title="No snapshot yet" action={takeOne("primary", "Take a snapshot")}>
            <p>
              A worker counts the whole bucket each night at 03:00 UTC, by listing it: what there is by kind, owner,
              format and article, how it grows, and what it costs.
            </p>
          </EmptyState>
        </Panel>
      )}
      <StorePanel store={store} />
    </Page>
  );
}

const isUncounted = ({ hidden, store }: StorageView) => hidden === null && store.abilities?.versions !== "off";

function Troubles({ storage: { failure, isStale, isRunning } }: { storage: StorageView }) {
  if (isRunning || !(failure || isStale)) return null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 rounded-md border border-bad bg-surface px-4 py-3 text-sm [overflow-wrap:anywhere]">
      {failure ? (
        <>
          <Status tone="bad">The last snapshot failed</Status>
          <span>{failure.sentence}</span>
          <TextLink to={`/job-runs/${failure.runId}`}>See run {failure.runId}</TextLink>
        </>
      ) : (
        <>
          <Status tone="bad">The last snapshot is older than a day and a half</Status>
          <span>No worker is running, or the schedule is disabled. What is below may have changed since.</span>
          <TextLink to="/schedules">See the schedules</TextLink>
        </>
      )}
    </p>
  );
}

function Snapshot({ storage, snapshot }: { storage: StorageView; snapshot: SnapshotView }) {
  const { totals, bytes: of } = snapshot;
  const articles = { ...totals.article, rows: totals.article.rows.slice(0, 12) };
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <SummaryPanel storage={storage} snapshot={snapshot} />
        <GrowthPanel growth={storage.growth} />
      </div>
      <OwnersMap tiles={tilesOf(totals.owner.rows, totals.article.rows)} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <TotalsPanel title="By kind" dimension="kind" totals={totals.kind} of={of} hasBars />
        <TotalsPanel title="By format" dimension="format" totals={totals.format} of={of} hasBars />
        <TotalsPanel title="By owner" dimension="owner" totals={totals.owner} of={of} />
        <TotalsPanel title="By article" dimension="article" totals={articles} of={of} />
        <TotalsPanel title="By attribute root" dimension="root" totals={totals.root} of={of} hasBars />
        <TotalsPanel title="By storage class" dimension="class" totals={totals.class} of={of} hasBars />
      </div>
    </>
  );
}
