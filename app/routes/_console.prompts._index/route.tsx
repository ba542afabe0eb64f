import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MessageSquareText } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { LabelingTabs } from "~/components/labels/labeling-tabs";
import { ExportLinks } from "~/components/lists/export-links";
import { Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { plural } from "~/features/format";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { listPrompts } from "~/features/labeling/views/list-prompts.sql.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { quote } from "~/quote";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { promptColumns } from "./columns";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Prompts") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Labeling", to: "/label-runs" }, { label: "Prompts" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  return { prompts: await listPrompts(context.ports), made: PERSONAS };
}

export default function Prompts() {
  const { prompts, made } = useLoaderData<typeof loader>();
  const commands = useHasRole("operator") && (
    <>
      <ButtonLink to={`/prompts/new?from=${made}`}>Start from {made}</ButtonLink>
      <ButtonLink to="/prompts/new" variant="primary">
        New prompt
      </ButtonLink>
    </>
  );
  return (
    <Page
      title="Prompts"
      meta={<span>{plural(prompts.length, "prompt")}, by name</span>}
      actions={
        prompts.length > 0 && (
          <>
            <ExportLinks path="/prompt-exports/prompts" params={new URLSearchParams()} what="all prompt versions" />
            {commands}
          </>
        )
      }
    >
      <LabelingTabs current="prompts" />
      <Panel isPadded={false}>
        {prompts.length > 0 ? (
          <Table
            caption="Prompts"
            columns={promptColumns}
            rows={prompts.map((prompt) => ({ ...prompt, isMade: prompt.name === made }))}
            rowKey={({ id }) => id}
          />
        ) : (
          <EmptyState icon={MessageSquareText} title="No prompts yet" action={commands}>
            <p>
              A prompt tells a model what to look for and shows it a few examples. Its versions never change, so every
              answer can be traced to what was asked. {quote(made)} makes its first version with the first label run.
            </p>
          </EmptyState>
        )}
      </Panel>
    </Page>
  );
}
