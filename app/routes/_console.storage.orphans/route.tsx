import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Unlink } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { KeyText } from "~/components/key-text";
import { ExportLinks } from "~/components/lists/export-links";
import { type Column, Table } from "~/components/lists/table";
import { StartRunForm } from "~/components/runs/start-run-form";
import { StorageTabs } from "~/components/storage/storage-tabs";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { Facts } from "~/components/ui/facts";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { bytes, count, plural } from "~/features/format";
import { requireKnownFilters } from "~/features/require-known-filters";
import { readOrphans } from "~/features/thumbnails/orphans/read-orphans.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Orphans") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Storage", to: "/storage" }, { label: "Orphans" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  return readOrphans(context.ports);
}

type Gone = { id: number; key: string; goneAt: Date; bytes: number; trashRunId: number | null };

const columns: Column<Gone>[] = [
  {
    header: "Image",
    isLead: true,
    cell: ({ id, key }) => (
      <TextLink to={`/images/${id}`}>
        <KeyText>{key}</KeyText>
      </TextLink>
    ),
  },
  { header: "Gone", width: 140, cell: ({ goneAt }) => <Time at={goneAt} /> },
  { header: "Size", align: "end", width: 110, cell: ({ bytes: size }) => bytes(size) },
  {
    header: "Where it went",
    width: 200,
    cell: ({ trashRunId }) =>
      trashRunId === null ? (
        "Not by a run of ours"
      ) : (
        <TextLink to={`/job-runs/${trashRunId}`}>To the trash, run {trashRunId}</TextLink>
      ),
  },
];

export default function Orphans() {
  const { listing, gone, images, others, thumbnails, isLooking } = useLoaderData<typeof loader>();
  useLive(isLooking);
  return (
    <Page
      title="Orphans"
      meta={
        listing ? (
          <span>
            The bucket was last compared with the index{" "}
            <TextLink to={`/job-runs/${listing.runId}`}>
              <Time at={new Date(listing.endedAt)} />
            </TextLink>
            , which is done every hour
          </span>
        ) : (
          <span>The bucket was never listed to the end</span>
        )
      }
      actions={<StartRunForm kind="index-images">Compare now</StartRunForm>}
    >
      <StorageTabs current="orphans" />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Objects without an image">
          <Facts
            facts={[
              {
                label: "Objects without a row",
                value: listing ? `none as of the last comparison; it found ${count(listing.new)} new` : "not known yet",
              },
              ...(listing && listing.failed > 0
                ? [{ label: "Could not be listed", value: plural(listing.failed, "range") }]
                : []),
              {
                label: "Have a row, but are no images",
                value: <TextLink to="/images?unreadable=not-an-image">{count(others)}</TextLink>,
              },
            ]}
          />
          <p className="mt-3 text-sm text-muted">
            Every object outside thumbnails/, trash/, backups/, labels/ and incoming/ gets a row when the bucket is
            compared with the index.
          </p>
        </Panel>
        <Panel
          title="Thumbnails without an image"
          aside={
            <StartRunForm kind="remove-orphaned-thumbnails" isRunning={isLooking}>
              Look for orphans
            </StartRunForm>
          }
        >
          {thumbnails ? (
            <p className="text-sm">
              <TextLink to={`/job-runs/${thumbnails.runId}`}>{plural(thumbnails.found, "thumbnail")}</TextLink> as of{" "}
              <Time at={thumbnails.at} />
            </p>
          ) : (
            <p className="text-sm text-muted">
              Nobody has looked for them yet. Looking makes a plan, which removes nothing before you apply it.
            </p>
          )}
        </Panel>
      </div>
      <Panel
        title="Images without an object"
        isPadded={false}
        aside={
          gone > 0 && (
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <TextLink to="/images?gone=yes" className="text-sm">
                All {count(gone)}
              </TextLink>
              <ExportLinks
                path="/storage-exports/orphans"
                params={new URLSearchParams()}
                what="images without an object"
              />
            </div>
          )
        }
      >
        {images.length > 0 ? (
          <Table caption="Images that are gone, last first" columns={columns} rows={images} rowKey={({ id }) => id} />
        ) : (
          <EmptyState icon={Unlink} title="No image is gone">
            <p>
              An image whose object is no longer in the bucket keeps its row, labels and history. It will be here, with
              the run that moved it to the trash, if one did.
            </p>
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}
