import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Crosshair } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { GroupsTabs } from "~/components/groups/groups-tabs";
import { KeyText } from "~/components/key-text";
import { StartRunForm } from "~/components/runs/start-run-form";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { useLive } from "~/components/use-live";
import { readAuditState } from "~/features/attribute-groups/audit/read-audit-state.server";
import { readReferences } from "~/features/attribute-groups/references/read-references.server";
import { quote } from "~/quote";
import { askedRoot } from "~/web/asked-root.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { ModePanel } from "./mode-panel";
import { RequestForm } from "./request-form";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("References") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Attribute groups", to: "/attribute-groups" }, { label: "References" }],
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  const { root, roots } = await askedRoot(params);
  const [view, audit] = await Promise.all([
    readReferences(context.ports, { root: root.name, attributes: Object.fromEntries(params) }),
    readAuditState(context.ports),
  ]);
  return { roots: roots.map(({ name }) => name), view, isAuditing: audit.isRunning, origin: context.env.PUBLIC_URL };
}

export default function ChosenReferences() {
  const { roots, view, isAuditing, origin } = useLoaderData<typeof loader>();
  useLive(isAuditing);
  const auditButton = (variant: "primary" | "secondary") => (
    <StartRunForm
      kind="audit-groups"
      variant={variant}
      isRunning={isAuditing}
      returnTo={`/references?${new URLSearchParams({ root: view.root })}`}
    >
      Audit now
    </StartRunForm>
  );
  return (
    <Page
      title="Which references does the agent get?"
      meta={
        <>
          <KeyText>{view.prefix}</KeyText>
          {view.asOf && (
            <span>
              as of <Time at={view.asOf} />
            </span>
          )}
        </>
      }
      actions={view.asOf && auditButton("secondary")}
    >
      <GroupsTabs root={view.root} current="selection" />
      <RequestForm roots={roots} view={view} />
      {view.asOf ? (
        <div className="grid items-start gap-4 xl:grid-cols-[3fr_2fr]">
          {view.modes.map((mode) => (
            <ModePanel key={mode.mode} root={view.root} view={mode} ageRange={view.age.value} origin={origin} />
          ))}
        </div>
      ) : (
        <Panel>
          <EmptyState icon={Crosshair} title={`${quote(view.root)} was never audited`} action={auditButton("primary")}>
            <p>
              The image agent is given references from the last audit of <KeyText>{view.prefix}</KeyText>. Once there is
              one, this page shows which images it would draw with, and why.
            </p>
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}
