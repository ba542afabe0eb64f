import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ImageOff } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { FindingList } from "~/components/finding-list";
import { bytes, plural } from "~/components/format";
import { KeyText } from "~/components/key-text";
import { attributeWords } from "~/components/labels/answers";
import { Time } from "~/components/time";
import { CopyButton } from "~/components/ui/copy-button";
import { EmptyState } from "~/components/ui/empty-state";
import { Page } from "~/components/ui/page";
import { Pages } from "~/components/ui/pages";
import { Panel } from "~/components/ui/panel";
import { Badge, Status } from "~/components/ui/status";
import { groupNameFromSlug } from "~/features/attribute-groups/group-slug";
import { readGroup } from "~/features/attribute-groups/read-group.server";
import { listRoots } from "~/features/attribute-groups/read-groups.server";
import { pageOf } from "~/web/address";
import { requireOperator } from "~/web/operator-session.server";
import { ImageCard } from "./image-card";

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
  const root = search.get("root") ?? (await listRoots())[0]?.name ?? "";
  const page = pageOf(search);
  const group = await readGroup(context.ports, { root, name: groupNameFromSlug(params.group ?? ""), page });
  return { group, page };
}

export default function AttributeGroup() {
  const { group, page } = useLoaderData<typeof loader>();
  return (
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
    >
      <p className="-my-2 flex items-center gap-1 text-muted">
        <KeyText>{group.prefix}</KeyText>
        <CopyButton text={group.prefix} label="Copy the folder's key" />
      </p>
      {group.findings.length > 0 && (
        <Panel title="Findings" isPadded={false}>
          <FindingList findings={group.findings} rootOf={() => group.root} />
        </Panel>
      )}
      <section aria-label="Images">
        {group.images.length > 0 ? (
          <ul className="grid gap-3 sm:grid-cols-[repeat(auto-fill,minmax(208px,1fr))]">
            {group.images.map((image) => (
              <li key={image.id}>
                <ImageCard image={image} folder={group.attributes} />
              </li>
            ))}
          </ul>
        ) : (
          <Panel>
            <EmptyState icon={ImageOff} title={group.objects === 0 ? "This folder is empty" : "Not indexed yet"}>
              <p>
                {group.objects === 0
                  ? "Images that are put into it appear here after the next index and audit."
                  : `The audit saw ${plural(group.objects, "object")}; index the images to see them here.`}
              </p>
            </EmptyState>
          </Panel>
        )}
      </section>
      <Pages page={page} pageSize={group.pageSize} total={group.indexed} />
    </Page>
  );
}
