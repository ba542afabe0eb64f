import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { plural } from "~/features/format";
import { decideEach } from "~/features/labeling/review/decide-each.server";
import { decideMany } from "~/features/labeling/review/decide-many.sql.server";
import { parseReviewFilter } from "~/features/labeling/review/review-filter";
import { undoDecision } from "~/features/labeling/review/undo-decision.sql.server";
import { idOf } from "~/web/address";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { jsonField } from "~/web/forms/json-field";

const decision = z.enum(["accepted", "rejected"]);
const whole = z.coerce.number().int().nonnegative();
/** As many as are pressed while one request is under way. */
const MOST_AT_ONCE = 100;

const decisions = jsonField(
  z
    .array(
      z.strictObject({
        proposalId: z.number().int().positive(),
        decision,
        seen: z.strictObject({ decisionId: z.number().int().nonnegative(), rev: z.number().int().nonnegative() }),
      }),
    )
    .min(1)
    .max(MOST_AT_ONCE),
);

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("decide"), decisions }),
  // `filter` as the page's address states it.
  z.object({ intent: z.literal("decide-all"), decision, filter: z.string(), shown: whole }),
  z.object({ intent: z.literal("undo") }),
]);

/** What a reviewer decides about proposals of a label run; each is kept as it is made, and answered where it was made. */
export async function action(args: ActionFunctionArgs) {
  const answer = await answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    const runId = idOf(args.params.id);
    switch (form.intent) {
      case "decide":
        return { answers: await decideEach(ports, { runId, decisions: form.decisions, actor }) };
      case "decide-all": {
        const { same: _, ...filter } = parseReviewFilter(new URLSearchParams(form.filter));
        const { decision, shown } = form;
        const { decided } = await decideMany(ports, { runId, filter, decision, shown, actor });
        return { said: `${decision === "accepted" ? "Accepted" : "Rejected"} ${plural(decided, "proposal")}.` };
      }
      case "undo":
        return undoDecision(ports, { runId, actor });
    }
  });
  return Response.json(answer);
}
