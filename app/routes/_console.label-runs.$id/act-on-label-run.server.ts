import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { requireBudget } from "~/features/labeling/budget/budget";
import { raiseBudget } from "~/features/labeling/budget/raise-budget.server";
import { startPilot } from "~/features/labeling/pilot/start-pilot.server";
import { requireLabelRun } from "~/features/labeling/views/read-label-run.server";
import { startPromotion } from "~/features/labels/promote/start-promotion.server";
import { idOf } from "~/web/address";
import { actOnRun, runIntents } from "~/web/forms/act-on-run.server";
import { answerForm } from "~/web/forms/answer-form.server";

const pilot = z.object({ intent: z.literal("pilot") });
const raise = z.object({ intent: z.literal("raise-budget"), budgetUsd: z.string() });

const promote = z.object({ intent: z.literal("promote") });

/** What the page of a label run asks for: any command to a run, a larger budget, a pilot, or the plan of a promotion. */
export function actOnLabelRun(args: ActionFunctionArgs): Promise<Response> {
  const runId = () => idOf(args.params.id);
  const schema = z.discriminatedUnion("intent", [runIntents, raise, pilot, promote]);
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
    if (form.intent === "promote") {
      const { ports, actor } = asked;
      return redirect(`/job-runs/${(await startPromotion(ports, { runId: runId(), actor })).runId}`);
    }
    await requireLabelRun(asked.ports, runId());
    if (form.intent === "pilot") {
      await startPilot(asked.ports, { runId: runId(), actor: asked.actor });
      return asked.back();
    }
    return actOnRun({ form, ...asked }, runId());
  });
}
