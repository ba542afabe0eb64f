import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { History } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { count, plural } from "~/features/format";
import { generationFilter } from "~/features/generations/history/generation-filter";
import {
  countGenerations,
  listGenerations,
  PAGE,
  readPlace,
  toPlace,
} from "~/features/generations/history/list-generations.sql.server";
import { readReferenceWords } from "~/features/generations/history/read-reference-words.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { isFiltered, onlyFilter } from "~/features/list-filters";
import { requireKnownFilters } from "~/features/require-known-filters";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { GenerationFilters } from "./generation-filters";
import { GenerationList } from "./generation-list";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Generations") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Generations" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: generationFilter.names, beside: ["before", "with"] });
  const { db, clock } = context.ports;
  const { roots } = await loadLabelSchema();
  const asked = { filter: generationFilter.parse(params, clock.now()), roots };
  const after = readPlace(params.get("before"));
  const [generations, counts, used] = await Promise.all([
    listGenerations(db, asked, { after, limit: PAGE + 1 }),
    countGenerations(db, asked),
    readReferenceWords(db, asked.filter),
  ]);
  const shown = generations.slice(0, PAGE);
  const last = generations.length > PAGE ? shown.at(-1) : undefined;
  const older = last ? toPlace({ createdAt: last.createdAt.getTime(), id: last.id }) : null;
  return { generations: shown, counts, used, older, isFirst: after === null };
}

export default function Generations() {
  const { generations, counts, used, older, isFirst } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const filter = onlyFilter(generationFilter, params);
  const isNarrowed = isFiltered(generationFilter, params);
  const { total, isWhole } = counts;
  return (
    <Page
      title="Generations"
      meta={<span>{isWhole ? plural(total, "generation") : `At least ${count(total)} generations`}, newest first</span>}
      actions={total > 0 && <ExportLinks path="/generation-exports/generations" params={filter} what="generations" />}
    >
      <GenerationFilters choices={counts.choices} used={used} />
      <Panel isPadded={false}>
        {generations.length > 0 ? (
          <GenerationList key={String(params)} generations={generations} older={older} isFirst={isFirst} />
        ) : (
          <EmptyState
            icon={History}
            title={isNarrowed ? "No generations match these filters" : "No generations yet"}
            action={isNarrowed && <ButtonLink to="/generations">Show all generations</ButtonLink>}
          >
            <p>
              Each picture that was drawn is here with its prompt, model and references as they were then, and each
              prompt that was refused with its reason. Import the image agent’s history with
              scripts/import-generations.ts.
            </p>
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}
