import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { PromptContents } from "~/components/labels/prompt-contents";
import { promptName } from "~/components/labels/prompt-name";
import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TabLinks } from "~/components/ui/tabs";
import { TextLink } from "~/components/ui/text-link";
import { tryPrompt } from "~/features/labeling/trying/try-prompt.server";
import { readPromptVersion } from "~/features/labeling/views/read-prompt-version.server";
import { idOf } from "~/web/address";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Difference } from "./difference";
import { ExampleNote } from "./example-note";
import { readTab } from "./read-tab.server";
import { Request } from "./request";
import { Runs } from "./runs";
import { promptTabs } from "./tabs";
import { TryPanel } from "./try-panel";
import { Versions } from "./versions";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? promptName(data.version.prompt) : "Prompt") },
];
/** Of what the loader answers, the version's name. */
const named = z.object({
  version: z.object({ prompt: z.object({ name: z.string(), version: z.number() }).transform(promptName) }),
});
export const handle: ConsoleHandle = {
  crumbs: ({ id }, data) => [
    { label: "Labeling", to: "/label-runs" },
    { label: "Prompts", to: "/prompts" },
    { label: named.safeParse(data).data?.version.prompt ?? `Prompt version ${id}` },
  ],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const version = await readPromptVersion(context.ports, idOf(params.id));
  return { version, view: await readTab(context.ports, version, new URL(request.url).searchParams) };
}

const schema = z.object({ intent: z.literal("try"), imageId: z.coerce.number().int().positive() });

export function action(args: ActionFunctionArgs) {
  const { search } = new URL(args.request.url);
  const page = `/prompts/${args.params.id}${search}`;
  return answerForm(args, { role: "operator", schema, page }, async ({ form: { imageId }, actor, ports }) => {
    const versionId = idOf(args.params.id);
    await tryPrompt(ports, { versionId, imageId, actor });
    return redirect(`/prompts/${versionId}?tab=try&image=${imageId}`);
  });
}

export default function PromptVersion() {
  const { version, view } = useLoaderData<typeof loader>();
  const { prompt, createdAt, createdBy, versions, runs } = version;
  const canAct = useHasRole("operator");
  const [newest] = versions;
  return (
    <Page
      title={promptName(prompt)}
      meta={
        <>
          <span>{prompt.settings.model}</span>
          {createdBy && <span>by {createdBy}</span>}
          <Time at={createdAt} />
          {newest && newest.id !== prompt.id && (
            <TextLink to={`/prompts/${newest.id}`}>Newest version: v{newest.version}</TextLink>
          )}
        </>
      }
      actions={
        canAct && (
          <>
            <ButtonLink to={`/prompts/new?from=${prompt.id}`}>New version from this</ButtonLink>
            <ButtonLink to={`/label-runs/new?prompt=${prompt.id}`} variant="primary">
              Start a label run
            </ButtonLink>
          </>
        )
      }
    >
      <ExampleNote examples={prompt.examples} />
      <TabLinks label="Prompt version" tabs={promptTabs(prompt.id, view.tab)} />
      {view.tab === "prompt" && (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
          <Panel title="Prompt">
            <PromptContents prompt={prompt} isOpen />
          </Panel>
          <div className="flex flex-col gap-4">
            <Versions versions={versions} current={prompt.id} />
            <Runs runs={runs} />
          </div>
        </div>
      )}
      {view.tab === "request" && <Request request={view.request} version={prompt.id} />}
      {view.tab === "difference" && <Difference compared={view.compared} versions={versions} current={prompt.id} />}
      {view.tab === "try" && (
        <TryPanel version={prompt.id} model={prompt.settings.model} image={view.image} tries={view.tries} />
      )}
    </Page>
  );
}
