import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { FinishAdvice, isRefused } from "~/components/generations/ended-with";
import { GenerationFacts } from "~/components/generations/generation-facts";
import { GenerationPicture } from "~/components/generations/generation-picture";
import { ReferenceList } from "~/components/generations/reference-list";
import { useRole } from "~/components/operator";
import { Time } from "~/components/time";
import { ButtonLink } from "~/components/ui/forms/button";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { generationIdFromSlug } from "~/features/generations/generation-path";
import { readRecorded } from "~/features/generations/history/read-recorded.server";
import { hasRole } from "~/features/operators/role";
import { visible } from "~/quote";
import { requireOperator } from "~/web/sign-in/operator-session.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Generation ${visible(data.generation.id)}` : "Generations") },
];
export const handle: ConsoleHandle = {
  crumbs: ({ id }) => [{ label: "Generations", to: "/generations" }, { label: generationIdFromSlug(id ?? "") }],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  return { generation: await readRecorded(context.ports.db, generationIdFromSlug(params.id ?? "")) };
}

/** One generation, whole: what was asked, with what, what came of it. */
export default function Generation() {
  const { generation } = useLoaderData<typeof loader>();
  const { id, prompt, references, createdAt, finishReason, studio } = generation;
  const isOperator = hasRole(useRole(), "operator");
  return (
    <Page
      title="Generation"
      meta={
        <>
          <span className="[overflow-wrap:anywhere]">{visible(id)}</span>
          <Time at={createdAt} />
          {isRefused(generation) && <Status tone="bad">{finishReason}</Status>}
        </>
      }
      actions={
        <>
          {isOperator && (
            <ButtonLink to={`/studio?${new URLSearchParams({ generation: id })}`} variant="primary">
              Regenerate
            </ButtonLink>
          )}
          <ButtonLink to={`/generations?${new URLSearchParams({ with: id })}`}>Compare</ButtonLink>
        </>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_400px]">
        <div className="flex min-w-0 flex-col gap-4">
          <GenerationPicture generation={generation} />
          {isRefused(generation) && finishReason !== null && (
            <Panel title="Why there is no picture">
              <FinishAdvice finishReason={finishReason} error={studio?.error ?? null} />
            </Panel>
          )}
          <Panel title="Prompt" aside={prompt !== "" && <CopyButton text={prompt} label="Copy the prompt" />}>
            <p dir="auto" className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
              {prompt === "" ? <span className="text-muted">The record has no prompt.</span> : prompt}
            </p>
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Request">
            <GenerationFacts generation={generation} />
            {studio && (
              <p className="mt-3 text-sm">
                Drawn by{" "}
                <Link to={`/job-runs/${studio.runId}`} className="link">
                  run {studio.runId}
                </Link>
              </p>
            )}
          </Panel>
          <Panel title="References, as they were then">
            {references.length > 0 ? (
              <ReferenceList references={references} />
            ) : (
              <p className="text-sm text-muted">It was drawn from words alone, or the record names none.</p>
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}
