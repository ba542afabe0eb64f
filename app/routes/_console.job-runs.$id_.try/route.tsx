import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { previewTrial } from "~/features/drawing/trial/preview-trial.server";
import { startTrial } from "~/features/drawing/trial/start-trial.server";
import { leftOutWords, nothingToTry, TRIED, triedWords } from "~/features/drawing/trial/trial-words";
import { idOf } from "~/web/address";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { jsonField } from "~/web/forms/json-field";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { TrialForm } from "./trial-form";
import { TwoReferences } from "./two-references";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Try a reference") }];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [
    { label: "Jobs", to: "/job-runs" },
    { label: `Run ${id}`, to: `/job-runs/${id}` },
    { label: "Try it" },
  ],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const planId = idOf(params.id);
  return { planId, preview: await previewTrial(context.ports, planId, request.signal) };
}

const schema = z.object({
  budgetUsd: z.string(),
  /** What the page showed: nothing else is drawn. */
  generations: jsonField(z.array(z.string()).max(TRIED)),
});

/** Draws at once, for the page has shown what a plan would. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    const { generations } = form;
    const budgetUsd = Number(form.budgetUsd || Number.NaN);
    const planId = idOf(args.params.id);
    const { runId } = await startTrial(ports, { planId, generations, budgetUsd, actor, autoApply: true });
    return redirect(`/job-runs/${runId}`);
  });
}

export default function Try() {
  const { planId, preview } = useLoaderData<typeof loader>();
  const { what, generations, usd, mostUsd } = preview;
  const leftOut = leftOutWords(preview.leftOut);
  return (
    <Page
      title={`Try another image in the place of ${what}`}
      meta={<p>Nothing of the plan is applied by this. The pictures are drawn beside it, and you can undo them.</p>}
      actions={<ButtonLink to={`/job-runs/${planId}`}>Back to the plan</ButtonLink>}
      width="reading"
    >
      <TwoReferences old={preview.old} new={preview.new} />
      <Panel title="What is drawn">
        <p className="text-sm">
          {generations.length === 0
            ? nothingToTry(what)
            : `${triedWords(generations.length)} that used it, each once with the old reference and once with the new one; everything else is as it was then.`}
        </p>
        {leftOut && <p className="mt-2 text-sm text-muted">{leftOut}</p>}
        {generations.length > 0 && <TrialForm generations={generations} usd={usd} mostUsd={mostUsd} />}
      </Panel>
    </Page>
  );
}
