import { type AppLoadContext, redirect } from "@remix-run/node";
import { z } from "zod";
import { pageBudgetUsd } from "~/features/labeling/budget/budget";
import { raiseBudget } from "~/features/labeling/budget/raise-budget.server";
import { redirectWithFlash } from "~/web/flash.server";
import { actorOf } from "~/web/forms/actor-of";
import { refuseOnPage } from "~/web/forms/refuse-on-page.server";

const amount = z.object({
  budgetUsd: z.coerce.number({ error: "Give an amount in dollars, such as 0.50." }).pipe(pageBudgetUsd),
});

/** Raises a run's budget as the form says, then back to its page. */
export async function changeBudget(
  context: AppLoadContext,
  input: { form: FormData; operator: { id: number; name: string }; runId: number; page: string },
): Promise<Response> {
  const { form, operator, runId, page } = input;
  const { data, error } = amount.safeParse({ budgetUsd: form.get("budgetUsd") || undefined });
  if (!data) {
    const text = error.issues.map(({ message }) => message).join(" ");
    return redirectWithFlash(context, page, { tone: "bad", text });
  }
  return refuseOnPage(context, page, async () => {
    await raiseBudget(context.ports, { runId, budgetUsd: data.budgetUsd, actor: actorOf(operator) });
    return redirect(page);
  });
}
