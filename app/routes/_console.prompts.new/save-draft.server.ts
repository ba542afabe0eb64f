import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data } from "@remix-run/node";
import { z } from "zod";
import { promptDraft } from "~/features/labeling/editing/prompt-draft";
import { savePrompt } from "~/features/labeling/editing/save-prompt.server";
import { redirectWithFlash } from "~/web/flash.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { savedWords } from "./saved-words";

/** As the page sent them: what is wrong with a field is said beside it. */
const fields = z.record(z.string(), z.string());

/** What the editor sends: leads to the version that it became or that it already is, or says what is wrong. */
export function saveDraft(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema: fields }, async ({ form, actor, ports }) => {
    const submission = parseWithZod(new URLSearchParams(form), { schema: promptDraft });
    if (submission.status !== "success") return data({ reply: submission.reply() }, { status: 400 });
    const saved = await savePrompt(ports, { draft: submission.value, actor });
    const flash = { tone: "good", text: savedWords(saved, submission.value.name, form.newest) } as const;
    return redirectWithFlash(args.context, `/prompts/${saved.id}`, flash);
  });
}
