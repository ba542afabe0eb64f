import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Brush } from "lucide-react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { startDrawing } from "~/features/drawing/start-drawing.server";
import { readStudio } from "~/features/drawing/studio/read-studio.server";
import { readStudioRun } from "~/features/drawing/studio/read-studio-run.server";
import { isFinished } from "~/features/job-runs/status";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { jsonField } from "~/web/forms/json-field";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { Results } from "./results";
import { StudioPanels } from "./studio-panels";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Studio") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Studio" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operator");
  const params = new URL(request.url).searchParams;
  const studio = await readStudio(context.ports, params);
  const run = params.get("run");
  return { studio, from: `${params}`, result: run === null ? null : await readStudioRun(context.ports, Number(run)) };
}

const schema = z.object({
  request: jsonField(z.unknown()),
  budgetUsd: z.string(),
  /** A PNG as base64url, which a form does not make longer. */
  mask: z
    .string()
    .regex(/^[\w-]+$/, "It is no base64url.")
    .optional(),
  /** What the page showed, picture by picture: nothing else is sent. */
  shown: jsonField(z.array(z.object({ key: z.string(), etag: z.string() })).max(100)),
});

/** Draws at once, for the page has shown what a plan would. */
export function action(args: ActionFunctionArgs) {
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    const { request, shown } = form;
    const budgetUsd = Number(form.budgetUsd || Number.NaN);
    const mask = form.mask === undefined ? null : Buffer.from(form.mask, "base64url");
    const { runId } = await startDrawing(ports, { request, budgetUsd, actor, shown, mask, autoApply: true });
    return redirect(`/studio?run=${runId}`);
  });
}

export default function Studio() {
  const { studio, from, result } = useLoaderData<typeof loader>();
  useLive(result !== null && !isFinished(result.run.status));
  return (
    <Page
      title="Studio"
      meta={
        <p>Draw images from words, references and images of your own. You see what is sent, and its cost, first.</p>
      }
    >
      {result && <Results result={result} />}
      {studio.models.length > 0 ? (
        <StudioPanels key={from} studio={studio} runId={result?.run.id ?? null} />
      ) : (
        <Panel>
          <EmptyState
            icon={Brush}
            title="No model draws images now"
            action={<ButtonLink to="/model-quotas">See the models</ButtonLink>}
          >
            <p>
              Every model that is listed has ended, or its price is not known. Add one that draws, with its price, to
              the file that MODELS_FILE names, and restart the console.
            </p>
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}
