import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data } from "@remix-run/node";
import { promptDraft } from "~/features/labeling/editing/prompt-draft";
import { savePrompt } from "~/features/labeling/editing/save-prompt.server";
import { redirectWithFlash } from "~/web/flash.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { asSent } from "~/web/forms/as-sent";
import { savedWords } from "./saved-words";

/** Beside the draft: the version that the page named as the newest. */
const sent = asSent(promptDraft, ["newest"]);

/** What the editor sends: leads to the version that it became or that it already is, or says what is wrong. */
export function saveDraft(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema: sent }, async ({ form, actor, ports }) => {
    const submission = parseWithZod(form, { schema: promptDraft });
    if (submission.status !== "success") return data({ reply: submission.reply() }, { status: 400 });
    const saved = await savePrompt(ports, { draft: submission.value, actor });
    const flash = {
      tone: "good",
      text: savedWords(saved, submission.value.name, form.get("newest") ?? undefined),
    } as const;
    return redirectWithFlash(args.context, `/prompts/${saved.id}`, flash);
  });
}
