import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { LabelingTabs } from "~/components/labels/labeling-tabs";
import { Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { forgetLimits } from "~/features/model-quotas/forget-limits.server";
import { listQuotas } from "~/features/model-quotas/list-quotas.sql.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { commandColumn, quotaColumns } from "./columns";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Quotas") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Labeling", to: "/label-runs" }, { label: "Quotas" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  requireKnownFilters(new URL(request.url).searchParams, { filters: [] });
  return { quotas: await listQuotas(context.ports) };
}

const form = z.object({ intent: z.literal("reset-limits"), model: z.string() });

/** Forgets what a model's refusals told of its limits. */
export function action(args: ActionFunctionArgs) {
  return answerForm(
    args,
    { role: "operator", schema: form, page: "/model-quotas" },
    async ({ form: { model }, actor, ports, back }) => {
      await forgetLimits(ports, { model, actor });
      return back(`The learned limits of ${model} were reset.`);
    },
  );
}

export default function ModelQuotas() {
  const { quotas } = useLoaderData<typeof loader>();
  const canAct = useHasRole("operator");
  useLive(quotas.some(({ held, lastMinute }) => held !== null || lastMinute.requests > 0));
  return (
    <Page title="Quotas" meta={<span>What each model may be asked and was asked, by all workers together</span>}>
      <LabelingTabs current="quotas" />
      <Panel isPadded={false}>
        <Table
          caption="Quotas of models"
          columns={canAct ? [...quotaColumns, commandColumn] : quotaColumns}
          rows={quotas}
          rowKey={({ model }) => model}
        />
      </Panel>
      <p className="text-sm text-muted">
        Listed limits come from prices/models.json and the file that MODELS_FILE names. Learned ones come from Gemini
        when it refuses a call. Where there are both, the lower one holds; once your quota was raised, reset what was
        learned. A day begins at midnight Pacific time.
      </p>
    </Page>
  );
}
