import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Images } from "lucide-react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { StorageTabs } from "~/components/storage/storage-tabs";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { count, percent, plural } from "~/features/format";
import { unreadableClasses } from "~/features/images/unreadable-classes";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { removeOrphanedThumbnails } from "~/features/thumbnails/orphans/remove-orphaned-thumbnails";
import { readThumbnailStates } from "~/features/thumbnails/read-thumbnail-states.server";
import { startThumbnails } from "~/features/thumbnails/start-thumbnails.server";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { columnsOf, toRows } from "./states";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Thumbnails") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Storage", to: "/storage" }, { label: "Thumbnails" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [], beside: [] });
  return readThumbnailStates(context.ports);
}

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("backfill") }),
  z.object({ intent: z.literal("retry"), errorClass: z.enum(unreadableClasses) }),
  z.object({ intent: z.literal("orphans") }),
]);

/** Leads to the plan of what is asked for. */
export function action(args: ActionFunctionArgs) {
  const page = "/storage/thumbnails";
  return answerForm(args, { role: "operator", schema, page }, async ({ form, actor, ports }) => {
    const start = () => {
      switch (form.intent) {
        case "backfill":
          return startThumbnails(ports, { force: false, actor });
        case "retry": {
          const selection = { query: { unreadable: [form.errorClass] } };
          return startThumbnails(ports, { force: true, selection, actor });
        }
        case "orphans":
          return startRun(ports, removeOrphanedThumbnails, { payload: {}, actor });
      }
    };
    return redirect(`/job-runs/${(await start()).runId}`);
  });
}

export default function Thumbnails() {
  const states = useLoaderData<typeof loader>();
  const { images, made, isBackfilling, isLooking } = states;
  const canAct = useHasRole("operator");
  useLive(isBackfilling || isLooking);
  return (
    <Page
      title="Thumbnails"
      meta={
        images > 0 && (
          <>
            <span>
              {count(made)} of {plural(images, "image")} {made === 1 ? "has" : "have"} one of{" "}
              {made === 1 ? "its" : "their"} present bytes, {percent(made, images)}
            </span>
            <TextLink to="/schedules">Missing ones are made every half hour</TextLink>
          </>
        )
      }
      actions={
        images > 0 && (
          <ExportLinks path="/storage-exports/thumbnails" params={new URLSearchParams()} what="states of thumbnails" />
        )
      }
    >
      <StorageTabs current="thumbnails" />
      <Panel isPadded={false}>
        {images === 0 ? (
          <EmptyState icon={Images} title="No images yet" action={<ButtonLink to="/job-runs">Go to Jobs</ButtonLink>}>
            <p>
              Once the index has found the bucket's images, this page shows which of them lack a thumbnail, and why.
            </p>
          </EmptyState>
        ) : (
          <Table
            caption="Thumbnails by their state"
            columns={columnsOf(canAct)}
            rows={toRows(states)}
            rowKey={({ name }) => name}
          />
        )}
      </Panel>
    </Page>
  );
}
