import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { plural } from "~/features/format";
import { decideMany } from "~/features/labeling/review/decide-many.sql.server";
import { decideOne } from "~/features/labeling/review/decide-one.server";
import { parseReviewFilter } from "~/features/labeling/review/review-filter";
import { undoDecision } from "~/features/labeling/review/undo-decision.sql.server";
import { idOf } from "~/web/address";
import { answerInPlace } from "~/web/forms/answer-form.server";

const decision = z.enum(["accepted", "rejected"]);
const whole = z.coerce.number().int().nonnegative();

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("decide"), decision, proposalId: whole, decisionId: whole, rev: whole }),
  // `filter` as the page's address states it.
  z.object({ intent: z.literal("decide-all"), decision, filter: z.string(), shown: whole }),
  z.object({ intent: z.literal("undo") }),
]);

/** What a reviewer decides about proposals of a label run; each is kept as it is made, and said where it was made. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    const runId = idOf(args.params.id);
    switch (form.intent) {
      case "decide": {
        const { proposalId, decision, ...seen } = form;
        return { decided: await decideOne(ports, { runId, proposalId, decision, seen, actor }) };
      }
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
}
