import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { Grid3x3 } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { GroupsTabs } from "~/components/groups/groups-tabs";
import { KeyText } from "~/components/key-text";
import { RunProgress } from "~/components/runs/run-progress";
import { StartRunForm } from "~/components/runs/start-run-form";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TabLinks } from "~/components/ui/tabs";
import { TextLink } from "~/components/ui/text-link";
import { useLive } from "~/components/use-live";
import { readAuditState } from "~/features/attribute-groups/audit/read-audit-state.server";
import { countByType } from "~/features/attribute-groups/narrow-groups";
import { readGroups } from "~/features/attribute-groups/read-groups.server";
import { plural } from "~/features/format";
import { requireKnownFilters } from "~/features/require-known-filters";
import { askedRoot } from "~/web/asked-root.server";
import { actOnGroups } from "~/web/forms/act-on-groups.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { ChangesView } from "./changes/changes-view";
import { LastChanges } from "./changes/last-changes";
import { loadContent } from "./content.server";
import { FindingFilter } from "./findings/finding-filter";
import { ListView } from "./list-view";
import { MatrixView } from "./matrix/matrix-view";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Attribute groups") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Attribute groups" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: ["root", "type"], beside: ["view", "finding", "from", "to"] });
  const { roots, root } = await askedRoot(params);
  const [view, audit] = await Promise.all([
    readGroups(context.ports, { root: root.name }),
    readAuditState(context.ports),
  ]);
  if (!view) return { roots, root, audit, summary: null, content: null };
  const { asOf, images, lastChanges } = view;
  const types = countByType(view.findings);
  const summary = { asOf, images, lastChanges, types, groups: view.groups.length, findings: view.findings.length };
  return {
    roots,
    root,
    audit,
    summary,
    content: await loadContent(context.ports.db, { root, view }, params),
  };
}

export const action = actOnGroups;

export default function AttributeGroups() {
  const { roots, root, audit, summary, content } = useLoaderData<typeof loader>();
  const { pathname, search } = useLocation();
  useLive(audit.run !== null);
  const auditButton = (variant: "primary" | "secondary") => (
    <StartRunForm kind="audit-groups" variant={variant} isRunning={audit.isRunning} returnTo={`${pathname}${search}`}>
      Audit now
    </StartRunForm>
  );
  return (
    <Page
      title={`Attribute groups of ${root.name}`}
      meta={
        <>
          <KeyText>{root.prefix}</KeyText>
          {summary && (
            <>
              <span>{plural(summary.groups, "group")}</span>
              <span>{plural(summary.images, "image")}</span>
              <span>{plural(summary.findings, "finding")}</span>
              <span>
                as of <Time at={summary.asOf} />
              </span>
            </>
          )}
        </>
      }
      actions={summary && auditButton("secondary")}
    >
      {roots.length > 1 && (
        <TabLinks
          label="Attribute roots"
          tabs={roots.map(({ name }) => ({
            label: name,
            to: `?root=${encodeURIComponent(name)}`,
            isCurrent: name === root.name,
          }))}
        />
      )}
      {content && <GroupsTabs root={root.name} current={content.kind} />}
      {audit.run && (
        <Panel
          title={audit.isRunning ? "Audit in progress" : "Audit paused"}
          aside={
            <TextLink to={`/job-runs/${audit.run.id}`} className="text-sm">
              Run {audit.run.id}
            </TextLink>
          }
        >
          <RunProgress run={audit.run} done="audited" />
          {audit.run.pauseReason && <p className="mt-2 text-sm [overflow-wrap:anywhere]">{audit.run.pauseReason}</p>}
        </Panel>
      )}
      {audit.failedRunId !== null && (
        <p className="flex flex-wrap items-baseline gap-x-3 rounded-md border border-bad bg-surface px-4 py-3 text-sm">
          <Status tone="bad">The last audit failed</Status>
          {content && <span>This page shows what the previous audit saw.</span>}
          <TextLink to={`/job-runs/${audit.failedRunId}`}>See why</TextLink>
        </p>
      )}
      {content && content.kind !== "changes" && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <FindingFilter types={summary.types} />
          <LastChanges root={root.name} changes={summary.lastChanges} />
        </div>
      )}
      {content?.kind === "matrix" && <MatrixView root={root.name} content={content} />}
      {content?.kind === "list" && <ListView root={root.name} content={content} />}
      {content?.kind === "changes" && <ChangesView root={root.name} content={content} />}
      {!content && (
        <Panel>
          <EmptyState icon={Grid3x3} title="No audit yet" action={auditButton("primary")}>
            <p>
              An audit lists the folders in <KeyText>{root.prefix}</KeyText> and compares each with its name. It only
              reads S3 and changes nothing.
            </p>
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}
