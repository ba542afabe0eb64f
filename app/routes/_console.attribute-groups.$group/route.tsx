import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ActionScopeProvider, useCanAct } from "~/components/groups/action-scope";
import { FindingList } from "~/components/groups/finding-list";
import { MergeDialog } from "~/components/groups/merge-dialog";
import { RenameDialog } from "~/components/groups/rename-dialog";
import { KeyText } from "~/components/key-text";
import { Time } from "~/components/time";
import { Button } from "~/components/ui/forms/button";
import { CopyButton } from "~/components/ui/forms/copy-button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { Badge, Status } from "~/components/ui/status";
import { readActionScope } from "~/features/attribute-groups/actions/read-action-scope.server";
import { groupNameFromSlug } from "~/features/attribute-groups/group-slug";
import { readGroup } from "~/features/attribute-groups/read-group.server";
import { attributeWords } from "~/features/attribute-words";
import { bytes, plural } from "~/features/format";
import { pageOf } from "~/web/address";
import { askedRoot } from "~/web/asked-root.server";
import { actOnGroups } from "~/web/forms/act-on-groups.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { History } from "./history";
import { Images } from "./images";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data?.group.name ?? "Attribute groups") },
];
export const handle: ConsoleHandle = {
  crumbs: ({ group }) => [
    { label: "Attribute groups", to: "/attribute-groups" },
    { label: groupNameFromSlug(group ?? "") },
  ],
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const search = new URL(request.url).searchParams;
  const { root } = await askedRoot(search);
  const page = pageOf(search);
  const [group, scope] = await Promise.all([
    readGroup(context.ports, { root: root.name, name: groupNameFromSlug(params.group ?? ""), page }),
    readActionScope(context.ports, { root: root.name }),
  ]);
  return { group, scope, page };
}

export const action = actOnGroups;

export default function AttributeGroup() {
  const { group, scope, page } = useLoaderData<typeof loader>();
  const canAct = useCanAct();
  return (
    <ActionScopeProvider scope={scope}>
      <Page
        title={group.name}
        meta={
          <>
            {Object.entries(group.attributes ?? {}).map(([attribute, value]) => (
              <Badge key={attribute}>
                {attributeWords(attribute)} <span className="text-ink">{value}</span>
              </Badge>
            ))}
            {group.problem && <Status tone="bad">Cannot be read: {group.problem}</Status>}
            <span className="tabular-nums">{plural(group.imageCount, "image")}</span>
            <span className="tabular-nums">{bytes(group.bytes)}</span>
            <span>
              as of <Time at={group.asOf} />
            </span>
          </>
        }
        actions={
          canAct && (
            <>
              <RenameDialog group={group.name} trigger={<Button>Rename…</Button>} />
              <MergeDialog group={group.name} trigger={<Button>Merge…</Button>} />
            </>
          )
        }
      >
        <p className="-my-2 flex items-center gap-1 text-muted">
          <KeyText>{group.prefix}</KeyText>
          <CopyButton text={group.prefix} label="Copy the folder's key" />
        </p>
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_320px] xl:grid-rows-[auto_1fr]">
          {group.findings.length > 0 && (
            <div className="min-w-0 xl:col-start-2">
              <Panel title="Findings" isPadded={false}>
                <FindingList findings={group.findings} rootOf={() => group.root} />
              </Panel>
            </div>
          )}
          <Images group={group} page={page} className="min-w-0 xl:col-start-1 xl:row-span-2 xl:row-start-1" />
          <div className="min-w-0 xl:col-start-2">
            <History root={group.root} entries={group.history} />
          </div>
        </div>
      </Page>
    </ActionScopeProvider>
  );
}
