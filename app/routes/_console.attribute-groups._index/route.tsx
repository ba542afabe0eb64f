import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Grid3x3 } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { plural } from "~/components/format";
import { KeyText } from "~/components/key-text";
import { RunProgress } from "~/components/runs/run-progress";
import { StartRunForm } from "~/components/runs/start-run-form";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TabLinks } from "~/components/ui/tabs";
import { useLive } from "~/components/use-live";
import { listRoots, readGroups } from "~/features/attribute-groups/read-groups.server";
import { listRuns } from "~/features/job-runs/list-runs.server";
import { isFinished } from "~/features/job-runs/status";
import { requireOperator } from "~/web/operator-session.server";
import { FindingsPanel } from "./findings-panel";
import { Matrix } from "./matrix";
import { UnreadableGroups } from "./unreadable-groups";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Attribute groups") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Attribute groups" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const asked = new URL(request.url).searchParams.get("root");
  const roots = await listRoots();
  const root = roots.find(({ name }) => name === asked) ?? roots[0];
  if (!root || (asked && root.name !== asked)) {
    throw new Response(`labels/schema.json has no attribute root${asked ? ` called “${asked}”` : ""}.`, {
      status: 404,
    });
  }
  const [view, audits] = await Promise.all([
    readGroups(context.ports, { root: root.name }),
    listRuns(context.ports, { kind: "audit-groups" }),
  ]);
  const lastAudit = audits.runs[0];
  return { roots, root, view, audit: lastAudit && !isFinished(lastAudit.status) ? lastAudit : null };
}

export default function AttributeGroups() {
  const { roots, root, view, audit } = useLoaderData<typeof loader>();
  useLive(audit !== null);
  const auditButton = (variant: "primary" | "secondary") => (
    <StartRunForm
      kind="audit-groups"
      variant={variant}
      isRunning={audit !== null}
      returnTo={`/attribute-groups?root=${encodeURIComponent(root.name)}`}
    >
      Audit now
    </StartRunForm>
  );
  return (
    <Page
      title={`Attribute groups of ${root.name}`}
      meta={
        <>
          <KeyText>{root.prefix}</KeyText>
          {view && (
            <>
              <span>{plural(view.groups.length, "group")}</span>
              <span>{plural(view.images, "image")}</span>
              {view.findings.length > 0 && (
                <a href="#findings" className="link inline-flex items-center max-sm:min-h-11">
                  {plural(view.findings.length, "finding")}
                </a>
              )}
              <span>
                as of <Time at={view.asOf} />
              </span>
            </>
          )}
        </>
      }
      actions={view && auditButton("secondary")}
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
      {audit && (
        <Panel title="Audit under way">
          <RunProgress run={audit} done="audited" />
        </Panel>
      )}
      {view ? (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_340px]">
          <div className="flex min-w-0 flex-col gap-4">
            <Matrix view={view} />
            {view.unreadable.length > 0 && <UnreadableGroups root={view.root} groups={view.unreadable} />}
          </div>
          <div id="findings" className="min-w-0 scroll-mt-16">
            <FindingsPanel findings={view.findings} />
          </div>
        </div>
      ) : (
        <Panel>
          <EmptyState icon={Grid3x3} title="No audit has been made yet" action={auditButton("primary")}>
            <p>
              An audit lists the folders in <KeyText>{root.prefix}</KeyText> and compares each with what its name says.
              It reads S3 only and changes nothing.
            </p>
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}
