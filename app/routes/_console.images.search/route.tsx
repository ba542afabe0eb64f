import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { count, plural } from "~/features/format";
import { findBest } from "~/features/image-search/find-best.server";
import { readCards } from "~/features/images/browse/read-cards.sql.server";
import { withPlaceholders } from "~/features/images/browse/with-placeholders.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readOwnerNames } from "~/features/owners/read-owner-names.server";
import { toImageList } from "~/web/image-list";
import { parseImageSearch } from "~/web/image-search-address";
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

/** The images that fit words best, wherever in their texts, owners and labels those are. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { db } = context.ports;
  const search = parseImageSearch(new URL(request.url).searchParams);
  const schema = await loadLabelSchema();
  const { found } = await findBest(context.ports, { ...search, schema, limit: MOST });
  const cards = await withPlaceholders(
    db,
    await readCards(
      db,
      found.map(({ id }) => id),
    ),
  );
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const images = found.flatMap(({ id, why }) => {
    const card = cardOf.get(id);
    return card ? [{ card, why }] : [];
  });
  return { search, images, ownerNames: await readOwnerNames(db, [{ query: search.query }]) };
}

export default function BestMatchesPage() {
  const { search, images, ownerNames } = useLoaderData<typeof loader>();
  const { find, query } = search;
  const list = toImageList({ ...query, ...(find !== null && { text: find }) }, new URLSearchParams());
  const isAsked = find !== null;
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
      <SearchFor search={search} ownerNames={ownerNames} />
      {images.length > 0 ? (
        <FoundImages images={images} search={search} />
      ) : (
        <NothingFound isAsked={isAsked} isNarrowed={Object.keys(query).length > 0} />
      )}
    </Page>
  );
}
