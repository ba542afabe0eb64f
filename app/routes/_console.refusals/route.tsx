import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CircleCheck } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { LabelingTabs } from "~/components/labels/labeling-tabs";
import { RefusalRates } from "~/components/labels/refusal-rates";
import { ExportLinks } from "~/components/lists/export-links";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { count, percent, plural } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { listRefused, readRefusalRates } from "~/features/labeling/refusals/read-refusals.sql.server";
import { refusalFilter, toRefusalAddress } from "~/features/labeling/refusals/refusals";
import { requireKnownFilters } from "~/features/require-known-filters";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { RefusedImages } from "./refused-images";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Refusals") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Labeling", to: "/label-runs" }, { label: "Refusals" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const search = new URL(request.url).searchParams;
  requireKnownFilters(search, { filters: Object.keys(refusalFilter.shape), beside: ["before"] });
  const filter = refusalFilter.parse(Object.fromEntries(search));
  const before = /^\d{1,15}$/.test(search.get("before") ?? "") ? Number(search.get("before")) : null;
  const { db } = context.ports;
  const { roots } = await loadLabelSchema();
  const rates = await readRefusalRates(db, filter, roots);
  const images = rates.refused === 0 ? [] : await listRefused(db, filter, roots, { before });
  return { filter, before, rates, images };
}

export default function Refusals() {
  const { filter, before, rates, images } = useLoaderData<typeof loader>();
  const { run } = filter;
  const ofRun = run === undefined ? {} : { run };
  return (
    <Page
      title="Refusals"
      meta={
        <span>
          {run === undefined ? "Of the newest 100 label runs" : `Of label run ${run}`}: {count(rates.refused)} of{" "}
          {plural(rates.asked, "image")} refused, {percent(rates.refused, rates.asked)}
        </span>
      }
      actions={
        rates.refused > 0 && (
          <ExportLinks path="/refusal-exports/refusals" params={toRefusalAddress(filter)} what="refused images" />
        )
      }
    >
      <LabelingTabs current="refusals" />
      {rates.refused === 0 ? (
        <Panel>
          <EmptyState icon={CircleCheck} title="No refusals">
            <p>
              A model that declines to label an image says why. Its reasons will be here, by group, prompt and model.
            </p>
          </EmptyState>
        </Panel>
      ) : (
        <>
          <RefusalRates
            rates={rates}
            toImages={(narrowing) => `?${toRefusalAddress({ ...ofRun, ...narrowing })}#refused`}
          />
          <RefusedImages images={images} filter={filter} isFirst={before === null} />
        </>
      )}
    </Page>
  );
}
