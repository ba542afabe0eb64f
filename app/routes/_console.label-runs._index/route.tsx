import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Tags } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { LabelingTabs } from "~/components/labels/labeling-tabs";
import { Pages } from "~/components/lists/pages";
import { Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { plural } from "~/features/format";
import { selectionInWords } from "~/features/images/query/image-words";
import { isFinished } from "~/features/job-runs/status";
import { listLabelRuns } from "~/features/labeling/views/list-label-runs.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { pageOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { labelRunColumns } from "./columns";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Labeling") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Labeling" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: [], beside: ["page"] });
  const page = pageOf(params);
  const list = await listLabelRuns(context.ports, { page });
  const ownerNames = await readOwnerNames(
    context.ports.db,
    list.rows.map(({ scope }) => scope.selection),
  );
  const rows = list.rows.map((row) => ({ ...row, images: selectionInWords(row.scope.selection, ownerNames) }));
  return { ...list, rows, page };
}

export default function LabelRuns() {
  const { rows, total, page, pageSize } = useLoaderData<typeof loader>();
  useLive(rows.some(({ run }) => !isFinished(run.status) && run.status !== "planned"));
  const newRun = useHasRole("operator") && (
    <ButtonLink to="/label-runs/new" variant="primary">
      New label run
    </ButtonLink>
  );
  return (
    <Page title="Labeling" meta={<span>{plural(total, "label run")}, newest first</span>} actions={total > 0 && newRun}>
      <LabelingTabs current="runs" />
      <Panel isPadded={false}>
        {rows.length > 0 ? (
          <Table caption="Label runs" columns={labelRunColumns} rows={rows} rowKey={({ runId }) => runId} />
        ) : (
          <EmptyState icon={Tags} title="No label runs yet" action={newRun}>
            <p>
              A label run shows a model the images that you choose, one by one, with a few examples, and keeps what it
              proposes. You see its cost before it starts, and nothing is accepted automatically.
            </p>
          </EmptyState>
        )}
        <Pages page={page} pageSize={pageSize} total={total} />
      </Panel>
    </Page>
  );
}
