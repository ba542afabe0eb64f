import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { PromptContents } from "~/components/labels/prompt-contents";
import { promptName } from "~/components/labels/prompt-name";
import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { readPromptVersion } from "~/features/labeling/views/read-prompt-version.server";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { ExampleNote } from "./example-note";
import { Runs } from "./runs";
import { Versions } from "./versions";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? promptName(data.prompt) : "Prompt") },
];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [
    { label: "Labeling", to: "/label-runs" },
    { label: "Prompts", to: "/prompts" },
    { label: `Prompt version ${id}` },
  ],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  return readPromptVersion(context.ports, idOf(params.id));
}

export default function PromptVersion() {
  const { prompt, createdAt, versions, runs } = useLoaderData<typeof loader>();
  const canAct = useHasRole("operator");
  const [newest] = versions;
  return (
    <Page
      title={promptName(prompt)}
      meta={
        <>
          <span>{prompt.settings.model}</span>
          <Time at={createdAt} />
          {newest && newest.id !== prompt.id && (
            <TextLink to={`/prompts/${newest.id}`}>Newest version: v{newest.version}</TextLink>
          )}
        </>
      }
      actions={
        canAct && (
          <ButtonLink to={`/label-runs/new?prompt=${prompt.id}`} variant="primary">
            Start a label run
          </ButtonLink>
        )
      }
    >
      <ExampleNote examples={prompt.examples} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
        <Panel title="Prompt">
          <PromptContents prompt={prompt} isOpen />
        </Panel>
        <div className="flex flex-col gap-4">
          <Versions versions={versions} current={prompt.id} />
          <Runs runs={runs} />
        </div>
      </div>
    </Page>
  );
}
