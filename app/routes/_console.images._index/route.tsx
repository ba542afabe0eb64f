import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { Download } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { StartRunForm } from "~/components/runs/start-run-form";
import { useSelected } from "~/components/selection/use-selection";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Status } from "~/components/ui/status";
import { plural } from "~/features/format";
import { countDueText } from "~/features/images/browse/count-images.sql.server";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { withPlaceholders } from "~/features/images/browse/with-placeholders.server";
import { toImageAddress } from "~/features/images/query/image-address";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import { listOf, parseImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Facets } from "./facets";
import { ImageDrawer } from "./image-drawer";
import { densityOf } from "./list/density";
import { ImageList } from "./list/image-list";
import { ListOptions } from "./list-options";
import { NoImages } from "./no-images";
import { SavedViews } from "./saved-views";
import { SearchFilters } from "./search-filters";
import { Total } from "./total";
import { useFacets } from "./use-facets";
import { useOpening } from "./use-opening";
import { useTurn } from "./use-turn";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";
export { keepList as shouldRevalidate } from "./keep-list";

export const meta: MetaFunction = () => [{ title: pageTitle("Images") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Images", to: "/images" }] };

/** Images that are read at once. */
const PAGE = 60;

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { query, order, from } = parseImageList(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const list = await listImages(context.ports, { query, order, from, limit: PAGE, schema });
  const images = await withPlaceholders(context.ports.db, list.images);
  const dueText = query.text === undefined ? 0 : await countDueText(context.ports);
  const ownerNames = await readOwnerNames(context.ports.db, [{ query }]);
  return { query, order, from, ...list, images, dueText, ownerNames };
}

export default function ImagesPage() {
  const loaded = useLoaderData<typeof loader>();
  const { query, images, dueText, order, from, ownerNames } = loaded;
  const [params] = useSearchParams();
  const turn = useTurn(loaded);
  const facets = useFacets(query);
  const list = listOf(params);
  const opening = useOpening(params);
  const selected = useSelected<number>(String(toImageAddress(query)));
  return (
    <Page
      title="Images"
      meta={<Total facets={facets} />}
      actions={
        <>
          <SavedViews />
          {images.length > 0 && (
            <>
              <ButtonLink to={`/label-exports/labels.csv?${list}`} reloadDocument download>
                <Download aria-hidden />
                <span>
                  <span className="sr-only">Export </span>Labels<span className="sr-only"> of these images as CSV</span>
                </span>
              </ButtonLink>
              <ExportLinks path="/image-exports/images" params={list} what="these images" />
            </>
          )}
        </>
      }
    >
      <SearchFilters query={query} ownerNames={ownerNames} />
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
            <ImageList
              key={turn}
              loaded={loaded}
              query={query}
              selected={selected}
              total={facets}
              order={order}
              params={String(list)}
              isWithin={from !== null}
              view={params.get("view") === "table" ? { as: "table" } : { as: "grid", size: densityOf(params) }}
              opening={opening}
            />
          ) : (
            <NoImages query={query} isWithin={from !== null} />
          )}
        </section>
      </div>
      <ImageDrawer opening={opening} />
    </Page>
  );
}
