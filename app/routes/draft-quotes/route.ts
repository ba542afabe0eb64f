import { parseWithZod } from "@conform-to/zod/v4";
import type { ActionFunctionArgs } from "@remix-run/node";
import { askedDraft } from "~/features/labeling/editing/prompt-draft";
import { quoteDraft } from "~/features/labeling/editing/quote-draft.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { asSent } from "~/web/forms/as-sent";

/**
 * What asking about one image takes with what stands in the editor of prompts, its fields as it would save them; a null quote where they
 * are not complete. It reads; instructions may be too long for an address.
 */
export async function action(args: ActionFunctionArgs) {
  const answer = await answerInPlace(
    args,
    { role: "operator", schema: asSent(askedDraft) },
    async ({ form, ports }) => {
      const submission = parseWithZod(form, { schema: askedDraft });
      if (submission.status !== "success") return { quote: null };
      return { quote: await quoteDraft(ports, { draft: submission.value, signal: args.request.signal }) };
    },
  );
  return Response.json(answer);
}
