import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SearchX } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { SearchBox } from "~/components/lists/search-box";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { More } from "~/components/ui/more";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { plural } from "~/features/format";
import { fileName } from "~/features/images/names/old-name";
import { readCandidates } from "~/features/images/names/read-candidates.server";
import { toMatchQuery } from "~/features/images/text/search-text";
import { requireKnownFilters } from "~/features/require-known-filters";
import { quoteKey } from "~/quote";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Candidates } from "./candidates";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Images by old name") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Images", to: "/images" }, { label: "Images by old name" }],
};

const pageOf = (id: number) => `/images/${id}`;

/** What an old name means (?name=): leads on to its image, shows several, and says so where there is none; without one it asks for it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: ["name"] });
  const name = params.get("name") ?? "";
  if (name === "") return data({ name, images: [], total: 0 });
  const { images, total } = await readCandidates(context.ports, name);
  const [only, another] = images;
  if (only && !another) throw redirect(pageOf(only.id));
  return data({ name, images, total }, { status: total === 0 ? 404 : 200 });
}

export default function ImageNamesPage() {
  const { name, images, total } = useLoaderData<typeof loader>();
  if (name === "") return <NoName />;
  const text = searchFor(name);
  const search = (
    <ButtonLink to={text === null ? "/images" : `/images?${new URLSearchParams({ text })}`}>
      {text === null ? "Go to Images" : "Search images for this name"}
    </ButtonLink>
  );
  if (total === 0) {
    return (
      <Page title="No image has this name">
        <Panel isPadded={false}>
          <EmptyState icon={SearchX} title="Nothing to show" action={search}>
            <p className="[overflow-wrap:anywhere]">
              No image has, or had, the key or file name {quoteKey(name)}. It may have been renamed outside the console.
            </p>
          </EmptyState>
        </Panel>
      </Page>
    );
  }
  return (
    <Page title="Which image is meant?" meta={plural(total, "image")} actions={search}>
      <p className="max-w-[80ch] [overflow-wrap:anywhere]">{quoteKey(name)} can be any of these.</p>
      <Candidates images={images} pageOf={pageOf} />
      <More as="p" total={total} shown={images.length} />
    </Page>
  );
}

function NoName() {
  return (
    <Page title="Find an image by its old name" width="reading">
      <Panel>
        <p className="mb-3 text-sm text-muted">
          A key that the image had before, a file name, or the path or address by which a ticket or the generation
          history names it.
        </p>
        <SearchBox
          label="Old name"
          placeholder="uploads/2024/portrait.png"
          param="name"
          longest={1_024}
          text=""
          kept={[]}
          clearTo="/image-names"
        />
      </Panel>
    </Page>
  );
}

/** A search for what a name has in common with keys: its file name; null where there is nothing to look for. */
function searchFor(name: string): string | null {
  const text = Array.from(fileName(name.replace(/[/\\]+$/, "")))
    .slice(0, 100)
    .join("");
  return toMatchQuery(text) === null ? null : text;
}
