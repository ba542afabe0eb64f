import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { CopyCheck, ScanSearch } from "lucide-react";
import { z } from "zod";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { Filter, Filters } from "~/components/lists/filter";
import { TextChoice } from "~/components/lists/filters";
import { useSearchLink } from "~/components/lists/use-search-link";
import { StartRunForm } from "~/components/runs/start-run-form";
import { StorageTabs } from "~/components/storage/storage-tabs";
import { Time } from "~/components/time";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { TabLinks } from "~/components/ui/tabs";
import { useLive } from "~/components/use-live";
import { isSearching, listDuplicates } from "~/features/duplicates/list-duplicates.sql.server";
import { removal } from "~/features/duplicates/remove/removal";
import { startRemoval } from "~/features/duplicates/remove/start-removal.server";
import { bytes, plural } from "~/features/format";
import { requireKnownFilters } from "~/features/require-known-filters";
import { answerForm } from "~/web/forms/answer-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { DuplicateGroups } from "./duplicate-groups";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Duplicates") }];
export const handle: ConsoleHandle = {
  crumbs: () => [{ label: "Storage", to: "/storage" }, { label: "Duplicates" }],
};

const kinds = ["same", "alike"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: ["kind", "owner"], beside: ["after"] });
  const kind = z.enum(kinds).catch("same").parse(params.get("kind"));
  const ownerId = params.get("owner") || null;
  const [, spareBytes, id] = /^(\d{1,15})-(\d{1,15})$/.exec(params.get("after") ?? "") ?? [];
  const after = id === undefined ? null : { spareBytes: Number(spareBytes), id: Number(id) };
  const { db } = context.ports;
  return {
    kind,
    ownerId,
    after,
    list: await listDuplicates(db, { kind, ownerId, after }),
    isLooking: await isSearching(db),
  };
}

const schema = z.object({
  intent: z.literal("remove"),
  kind: removal.shape.kind,
  keep: removal.shape.keep,
  owner: z.string(),
  /** The search whose groups the page shows. */
  search: z.coerce.number().int().positive(),
  /** "all", or ids with commas between. */
  groups: z
    .string()
    .regex(/^(all|\d{1,15}(,\d{1,15})*)$/)
    .transform((text) => (text === "all" ? null : text.split(",").map(Number))),
});

/** Leads to the plan of what is to be removed. */
export function action(args: ActionFunctionArgs) {
  const page = () => {
    const { pathname, search } = new URL(args.request.url);
    return `${pathname}${search}`;
  };
  return answerForm(args, { role: "operator", schema, page }, async ({ form, actor, ports }) => {
    const { kind, keep, owner, search: searchId, groups } = form;
    const started = await startRemoval(ports, { kind, keep, groups, searchId, ownerId: owner || null, actor });
    return redirect(`/job-runs/${started.runId}`);
  });
}

export default function Duplicates() {
  const { kind, ownerId, after, list, isLooking } = useLoaderData<typeof loader>();
  const linkTo = useSearchLink();
  useLive(isLooking);
  const exported = new URLSearchParams({ kind, ...(ownerId !== null && { owner: ownerId }) });
  const search = (variant: "primary" | "secondary") => (
    <StartRunForm
      kind="find-duplicates"
      variant={variant}
      isRunning={isLooking}
      returnTo={`/storage/duplicates?kind=${kind}`}
    >
      Look for duplicates
    </StartRunForm>
  );
  return (
    <Page
      title="Duplicates"
      meta={
        list && (
          <>
            <span>
              {plural(list.counts.same.spare, "image")} more than needed, {bytes(list.counts.same.spareBytes)}
            </span>
            <span>{plural(list.counts.alike.groups, "group")} that look alike</span>
            <span>
              as of <Time at={list.asOf} />
            </span>
          </>
        )
      }
      actions={
        list && (
          <>
            {list.groups.length > 0 && (
              <ExportLinks path="/storage-exports/duplicates" params={exported} what="these duplicates" />
            )}
            {search("secondary")}
          </>
        )
      }
    >
      <StorageTabs current="duplicates" />
      {!list ? (
        <Panel>
          <EmptyState icon={ScanSearch} title="Nobody has looked for duplicates yet" action={search("primary")}>
            <p>
              Images of one owner with the same bytes, and pictures that look alike, will be here side by side, with a
              plan to keep one of each group. Reference images are left out: each group of attributes has its own copy.
              A search runs every night.
            </p>
          </EmptyState>
        </Panel>
      ) : (
        <>
          <TabLinks
            label="Kinds of duplicates"
            tabs={[
              {
                label: "Same bytes",
                to: linkTo({ kind: null }),
                isCurrent: kind === "same",
                count: list.counts.same.groups,
              },
              {
                label: "Look alike",
                to: linkTo({ kind: "alike" }),
                isCurrent: kind === "alike",
                count: list.counts.alike.groups,
              },
            ]}
          />
          <Filters clearTo={null}>
            <Filter label="Owner" value={ownerId} clearTo={linkTo({ owner: null })}>
              <TextChoice param="owner" type="text" label="ID of the owner" />
            </Filter>
          </Filters>
          {list.groups.length === 0 ? (
            <Panel>
              <EmptyState
                icon={CopyCheck}
                title={after ? "No more groups" : ownerId ? "This owner has none" : "No duplicates"}
                action={
                  (after || ownerId) && <ButtonLink to={linkTo({ owner: null })}>Show all from the start</ButtonLink>
                }
              >
                <p>
                  {kind === "same"
                    ? "No two images of one owner have the same bytes."
                    : "No two pictures of one owner look alike."}
                </p>
              </EmptyState>
            </Panel>
          ) : (
            <Form method="post" className="contents">
              <input type="hidden" name="intent" value="remove" />
              <input type="hidden" name="kind" value={kind} />
              <input type="hidden" name="owner" value={ownerId ?? ""} />
              <input type="hidden" name="search" value={list.searchId} />
              <DuplicateGroups kind={kind} groups={list.groups} counts={list.counts} isOfOwner={ownerId !== null} />
            </Form>
          )}
          <nav aria-label="Pages" className="flex gap-2 empty:hidden">
            {after && <ButtonLink to={linkTo({})}>First page</ButtonLink>}
            {list.after && (
              <ButtonLink to={linkTo({ after: `${list.after.spareBytes}-${list.after.id}` })}>Next page</ButtonLink>
            )}
          </nav>
        </>
      )}
    </Page>
  );
}
