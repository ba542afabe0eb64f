import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireBudget } from "~/features/labeling/budget/budget";
import { raiseBudget } from "~/features/labeling/budget/raise-budget.server";
import { requireLabelRun } from "~/features/labeling/views/read-label-run.server";
import { idOf } from "~/web/address";
import { actOnRun, runIntents } from "~/web/forms/act-on-run.server";
import { answerForm } from "~/web/forms/answer-form.server";

const raise = z.object({ intent: z.literal("raise-budget"), budgetUsd: z.string() });

/** What the page of a label run asks for: any command to a run, or a larger budget. */
export function actOnLabelRun(args: ActionFunctionArgs): Promise<Response> {
  const runId = () => idOf(args.params.id);
  const schema = z.discriminatedUnion("intent", [runIntents, raise]);
  const page = () => `/label-runs/${runId()}`;
  return answerForm(args, { role: "operator", schema, page }, async ({ form, ...asked }) => {
    if (form.intent === "raise-budget") {
      const { ports, actor } = asked;
      await raiseBudget(ports, {
        runId: runId(),
        budgetUsd: requireBudget(Number(form.budgetUsd || Number.NaN)),
        actor,
      });
      return asked.back();
    }
    await requireLabelRun(asked.ports, runId());
    return actOnRun({ form, ...asked }, runId());
  });
}
