import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Status } from "~/components/ui/status";
import { count, plural } from "~/features/format";
import { findBest } from "~/features/image-search/find-best.server";
import { parseImageSearch } from "~/features/image-search/image-search-address";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { withPlaceholders } from "~/features/images/browse/with-placeholders.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import { toImageList } from "~/web/image-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { FoundImages } from "./found-images";
import { NothingFound } from "./nothing-found";
import { SearchFor } from "./search-for";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Best matches") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Images", to: "/images" }, { label: "Best matches" }],
};

/** Images that a search finds at most: what nobody has found by then is better searched in other words. */
const MOST = 120;

/** The images that fit words best, or are the most like an image. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { db } = context.ports;
  const search = parseImageSearch(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const asked = { ...search, schema, limit: MOST, signal: request.signal };
  const { found, missing } = await findBest(context.ports, asked);
  const shown = [...found.map(({ id }) => id), ...(search.like === null ? [] : [search.like])];
  const cards = await withPlaceholders(db, await readCards(db, shown));
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const images = found.flatMap((one) => {
    const card = cardOf.get(one.id);
    return card ? [{ ...one, card }] : [];
  });
  const like = search.like === null ? null : (cardOf.get(search.like) ?? null);
  return { search, images, like, missing, ownerNames: await readOwnerNames(db, [{ query: search.query }]) };
}

export default function BestMatchesPage() {
  const { search, images, like, missing, ownerNames } = useLoaderData<typeof loader>();
  const { find, query } = search;
  const list = toImageList({ ...query, ...(find !== null && { text: find }) }, new URLSearchParams());
  const isAsked = find !== null || search.like !== null || search.picture !== null;
  return (
    <Page
      title="Best matches"
      meta={
        isAsked && (
          <p role="status">{images.length === MOST ? `The best ${count(MOST)}` : plural(images.length, "image")}</p>
        )
      }
      actions={<ButtonLink to={list}>Back to the list</ButtonLink>}
    >
      <SearchFor search={search} like={like} ownerNames={ownerNames} />
      {missing !== null && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-surface px-4 py-2.5 text-sm">
          <Status tone="warn">Likeness was not searched</Status>
          <p className="min-w-0 grow basis-60">{missing}</p>
        </div>
      )}
      {images.length > 0 ? <FoundImages images={images} search={search} /> : <NothingFound search={search} />}
    </Page>
  );
}
