import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { Images as ImagesIcon, SearchX } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { StartRunForm } from "~/components/runs/start-run-form";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { plural } from "~/features/format";
import { countDueText } from "~/features/images/browse/count-images.sql.server";
import { namesImages } from "~/features/images/browse/image-query";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Facets } from "./facets";
import { ImageGrid } from "./image-grid";
import { ImageTable } from "./image-table";
import { ListOptions } from "./list-options";
import { NextPages } from "./next-pages";
import { SavedViews } from "./saved-views";
import { SearchFilters } from "./search-filters";
import { useFacets } from "./use-facets";
import { useImageSelection } from "./use-image-selection";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";
export { keepList as shouldRevalidate } from "./keep-list";

export const meta: MetaFunction = () => [{ title: pageTitle("Images") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Images", to: "/images" }] };

/** Images on a page, of which the browser then holds as many pictures. */
const PAGE = 60;

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { query, order, from } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const list = await listImages(context.ports, { query, order, from, limit: PAGE, schema });
  const dueText = query.text === undefined ? 0 : await countDueText(context.ports);
  return { query, ...list, dueText };
}

export default function ImagesPage() {
  const { query, images, before, after, dueText } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const facets = useFacets(query);
  const { corner, bar } = useImageSelection({ query, ids: images.map(({ id }) => id), total: facets });
  const isNarrowed = namesImages(query);
  const total = facets && `${plural(facets.count, "image")}${facets.isExact ? "" : "+"}`;
  const exported = new URLSearchParams(
    [...params].filter(([name]) => !["after", "before", "view", "size"].includes(name)),
  );
  return (
    <Page
      title="Images"
      meta={<span role="status">{total ?? "Counting …"}</span>}
      actions={
        <>
          <SavedViews />
          {images.length > 0 && <ExportLinks path="/image-exports/images" params={exported} what="these images" />}
        </>
      }
    >
      <SearchFilters query={query} />
      {dueText > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-surface px-4 py-2.5 text-sm">
          <Status tone="warn">Search is not complete</Status>
          <p className="min-w-0 grow basis-60">
            {plural(dueText, "image")}
            {dueText === 10_000 && " or more"} cannot be found by text yet. The next index run adds{" "}
            {dueText === 1 ? "it" : "them"}.
          </p>
          <StartRunForm kind="index-images" returnTo={`/images?${params}`}>
            Index images
          </StartRunForm>
        </div>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[200px_minmax(0,1fr)]">
        <Facets facets={facets} query={query} />
        <section aria-label="Images found" className="flex min-w-0 flex-col gap-3">
          <ListOptions />
          {images.length > 0 ? (
            params.get("view") === "table" ? (
              <ImageTable images={images} />
            ) : (
              <ImageGrid images={images} corner={corner} />
            )
          ) : (
            <Panel isPadded={false}>
              <EmptyState
                icon={isNarrowed ? SearchX : ImagesIcon}
                title={isNarrowed ? "No image matches" : "No images yet"}
                action={
                  isNarrowed ? (
                    <ButtonLink to="/images">Show all images</ButtonLink>
                  ) : (
                    <StartRunForm kind="index-images" returnTo="/images">
                      Index images
                    </StartRunForm>
                  )
                }
              >
                <p>
                  {isNarrowed
                    ? "Remove a filter, or search for fewer words."
                    : "Images appear here once the bucket has been indexed."}
                </p>
              </EmptyState>
            </Panel>
          )}
          <NextPages before={before} after={after} />
          {bar}
        </section>
      </div>
    </Page>
  );
}
