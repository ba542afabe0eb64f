import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData, useLocation, useSearchParams } from "@remix-run/react";
import { SearchX, Users } from "lucide-react";
import { useEffect, useState } from "react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { Pages } from "~/components/lists/pages";
import { Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { EmptyState } from "~/components/ui/empty-state";
import { Button, ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import { count, percent, plural } from "~/features/format";
import { createOwner } from "~/features/owners/create-owner.server";
import { listOwners } from "~/features/owners/list-owners.server";
import { startMerge } from "~/features/owners/merge/start-merge.server";
import { describeQuota } from "~/features/owners/quota/owner-quota";
import { setQuota } from "~/features/owners/quota/set-quota.server";
import { renameOwner } from "~/features/owners/rename-owner.server";
import { requireKnownFilters } from "~/features/require-known-filters";
import { quote } from "~/quote";
import { pageOf } from "~/web/address";
import { redirectWithFlash } from "~/web/flash.server";
import { answerInPlace } from "~/web/forms/answer-form.server";
import { parseOwnerList } from "~/web/owner-list";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { commandColumn, ownerColumns } from "./columns";
import { type OpenDialog, OwnerDialog } from "./owner-dialogs";
import { SearchOwners } from "./search-owners";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Owners") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Owners", to: "/owners" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: ["text"], beside: ["sort", "page"] });
  const { text, order } = parseOwnerList(params);
  const page = pageOf(params);
  return { ...(await listOwners(context.ports, { text, order, page })), text, order, page };
}

const schema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("create"), id: z.string(), name: z.string(), email: z.string() }),
  z.object({ intent: z.literal("rename"), id: z.string(), name: z.string(), email: z.string() }),
  z.object({ intent: z.literal("quota"), id: z.string(), gigabytes: z.string(), images: z.string() }),
  z.object({ intent: z.literal("merge"), ownerId: z.string().min(1), intoOwnerId: z.string().min(1) }),
]);

/** Adds an owner, gives one another name or quota, or leads to the plan of a merge. */
export function action(args: ActionFunctionArgs) {
  const { search } = new URL(args.request.url);
  const done = (text: string) => {
    const page = `/owners${search.replace(/[?&]index\b/, "")}`;
    return redirectWithFlash(args.context, page, { tone: "good", text });
  };
  return answerInPlace(args, { role: "operator", schema }, async ({ form, actor, ports }) => {
    switch (form.intent) {
      case "create":
        await createOwner(ports, { ...form, actor });
        return done(`${quote(form.name.trim())} was created.`);
      case "rename": {
        const { name } = await renameOwner(ports, { ...form, actor });
        return done(`${quote(name)} was saved.`);
      }
      case "quota": {
        const { name, quota } = await setQuota(ports, { ...form, actor });
        return done(
          `${quote(name)} has ${quota.bytes === null && quota.images === null ? "" : "a quota of "}${describeQuota(quota)} now.`,
        );
      }
      case "merge":
        return redirect(`/job-runs/${(await startMerge(ports, { ...form, actor })).runId}`);
    }
  });
}

export default function Owners() {
  const { rows, total, page, pageSize, unowned, images, text } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const canAct = useHasRole("operator");
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the dialog asked for was done, and led here
  useEffect(() => setDialog(null), [key]);
  const isNone = total === 0 && text === "";
  const lastPage = Math.max(1, Math.ceil(total / pageSize));
  const toLastPage = new URLSearchParams(params);
  toLastPage.set("page", String(lastPage));
  const exported = new URLSearchParams([...params].filter(([name]) => name !== "page"));
  const commands = canAct && (
    <>
      <ButtonLink to="/owners/import">Import CSV</ButtonLink>
      <Button variant="primary" onClick={() => setDialog({ kind: "create" })}>
        New owner
      </Button>
    </>
  );
  return (
    <Page
      title="Owners"
      meta={
        <>
          <span>{text === "" ? plural(total, "owner") : `${plural(total, "owner")} found`}</span>
          {images > 0 && (
            <TextLink to="/images?unowned=yes">
              No owner: {plural(unowned, "image")}, {percent(unowned, images)}
            </TextLink>
          )}
        </>
      }
      actions={
        <>
          {rows.length > 0 && <ExportLinks path="/owner-exports/owners" params={exported} what="these owners" />}
          {!isNone && commands}
        </>
      }
    >
      {!isNone && <SearchOwners text={text} />}
      <Panel isPadded={false}>
        {rows.length > 0 ? (
          <Table
            caption="Owners"
            columns={canAct ? [...ownerColumns, commandColumn(setDialog)] : ownerColumns}
            rows={rows}
            rowKey={({ id }) => id}
          />
        ) : page > lastPage ? (
          <EmptyState
            icon={SearchX}
            title={`There is no page ${count(page)}`}
            action={<ButtonLink to={`/owners?${toLastPage}`}>Go to the last page</ButtonLink>}
          >
            <p>The list ends at page {count(lastPage)}.</p>
          </EmptyState>
        ) : (
          <EmptyState
            icon={isNone ? Users : SearchX}
            title={isNone ? "No owners yet" : "No owner matches"}
            action={isNone ? commands : <ButtonLink to="/owners">Show all owners</ButtonLink>}
          >
            <p>
              {isNone
                ? "An owner is a user of the studio to whom images belong. The index adds one for each ID that it finds in the keys of images; you can also create or import them."
                : "Search for a part of the name, the ID or the email address."}
            </p>
          </EmptyState>
        )}
        {page <= lastPage && <Pages page={page} pageSize={pageSize} total={total} />}
      </Panel>
      {dialog && <OwnerDialog dialog={dialog} onClose={() => setDialog(null)} />}
    </Page>
  );
}
