import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { promptName } from "~/components/labels/prompt-name";
import { Page } from "~/components/ui/page";
import { TextLink } from "~/components/ui/text-link";
import { promptDraft } from "~/features/labeling/editing/prompt-draft";
import { readEditor } from "~/features/labeling/editing/read-editor.server";
import { savePrompt } from "~/features/labeling/editing/save-prompt.server";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { idOf } from "~/web/address";
import { redirectWithFlash } from "~/web/flash.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { PromptEditor } from "./prompt-editor";
import { savedWords } from "./saved-words";

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

/** As the page sent them: what is wrong with a field is said beside it. */
const fields = z.record(z.string(), z.string());

export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema: fields }, async ({ form, actor, ports }) => {
    const submission = parseWithZod(new URLSearchParams(form), { schema: promptDraft });
    if (submission.status !== "success") return data({ reply: submission.reply() }, { status: 400 });
    const saved = await savePrompt(ports, { draft: submission.value, actor });
    const flash = { tone: "good", text: savedWords(saved, submission.value.name, form.newest) } as const;
    return redirectWithFlash(args.context, `/prompts/${saved.id}`, flash);
  });
}

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
