import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { promptName } from "~/components/labels/prompt-name";
import { Page } from "~/components/ui/page";
import { TextLink } from "~/components/ui/text-link";
import { readEditor } from "~/features/labeling/editing/read-editor.server";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { idOf } from "~/web/address";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { PromptEditor } from "./prompt-editor";
import { saveDraft } from "./save-draft.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("New prompt version") }];
export const handle: ConsoleHandle = {
  crumbs: () => [
    { label: "Labeling", to: "/label-runs" },
    { label: "Prompts", to: "/prompts" },
    { label: "New version" },
  ],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const from = new URL(request.url).searchParams.get("from");
  return readEditor(context.ports, from === null || from === PERSONAS ? from : idOf(from));
}

export const action = saveDraft;

export default function NewPromptVersion() {
  const editor = useLoaderData<typeof loader>();
  return (
    <Page
      title="New prompt version"
      width="reading"
      meta={
        editor.from && (
          <span>
            from <TextLink to={`/prompts/${editor.from.id}`}>{promptName(editor.from)}</TextLink>
          </span>
        )
      }
    >
      <PromptEditor key={editor.from?.id ?? "new"} editor={editor} />
    </Page>
  );
}
