import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { GenerationFacts } from "~/components/generations/generation-facts";
import { GenerationPicture } from "~/components/generations/generation-picture";
import { ReferenceList } from "~/components/generations/reference-list";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { generationPath } from "~/features/generations/generation-path";
import { compareReferences } from "~/features/generations/history/compare-references";
import { markDifferences, type Piece } from "~/features/generations/history/mark-differences";
import { readCompared } from "~/features/generations/history/read-recorded.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { visible } from "~/quote";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Compare generations") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Generations", to: "/generations" }, { label: "Compare" }],
};

/** Generations by their ids: `ids=a,b`, or `ids=a&ids=b` where an id has a comma. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: ["ids"] });
  const [only = "", ...more] = params.getAll("ids");
  const ids = more.length > 0 ? [only, ...more] : only.split(",").filter(Boolean);
  const generations = await readCompared(context.ports.db, ids);
  return {
    compared: generations.map((generation, at) => ({
      generation,
      pieces: markDifferences(generations.map(({ prompt }) => prompt))[at] ?? [],
    })),
  };
}

/** Two to four generations side by side: what was asked, with what, what came of it, and how they differ. */
export default function Compare() {
  const { compared } = useLoaderData<typeof loader>();
  const all = compared.map(({ generation }) => generation);
  return (
    <Page
      title={`Compare ${all.length} generations`}
      meta={<span>Words and references that differ are marked.</span>}
      actions={<ButtonLink to="/generations">Choose others</ButtonLink>}
    >
      <ul className="grid items-start gap-4 sm:grid-cols-[repeat(auto-fit,minmax(280px,1fr))]">
        {compared.map(({ generation, pieces }) => (
          <li key={generation.id} className="flex min-w-0 flex-col gap-4">
            <h2 className="text-base [overflow-wrap:anywhere]">
              <Link to={generationPath(generation.id)} className="link">
                {visible(generation.id)}
              </Link>
            </h2>
            <GenerationPicture generation={generation} />
            <Panel title="Prompt">
              <Prompt pieces={pieces} />
            </Panel>
            <Panel title="Request">
              <GenerationFacts generation={generation} />
            </Panel>
            <Panel title="References">
              {generation.references.length > 0 ? (
                <ReferenceList
                  references={generation.references}
                  noteOf={(reference) => compareReferences(reference, generation, all)}
                />
              ) : (
                <p className="text-sm text-muted">None.</p>
              )}
            </Panel>
          </li>
        ))}
      </ul>
    </Page>
  );
}

const Prompt = ({ pieces }: { pieces: Piece[] }) => (
  <p dir="auto" className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
    {pieces.length === 0 && <span className="text-muted">The record has no prompt.</span>}
    {pieces.map(({ text, isOwn }, at) =>
      isOwn ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one prompt never move
        <mark key={at} className="rounded-sm bg-hover font-medium text-ink underline decoration-accent decoration-2">
          {text}
        </mark>
      ) : (
        text
      ),
    )}
  </p>
);
