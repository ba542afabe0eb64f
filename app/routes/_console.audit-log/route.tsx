import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { ScrollText } from "lucide-react";
import { pageTitle } from "~/brand";
import type { ConsoleHandle } from "~/components/console-handle";
import { ExportLinks } from "~/components/lists/export-links";
import { Table } from "~/components/lists/table";
import { EmptyState } from "~/components/ui/empty-state";
import { ButtonLink } from "~/components/ui/forms/button";
import { Page } from "~/components/ui/page";
import { Panel } from "~/components/ui/panel";
import { listEventFacets, listEvents } from "~/features/audit-log/list-events.server";
import { eventFilter, isFiltered, onlyFilter } from "~/features/list-filters";
import { requireKnownFilters } from "~/features/require-known-filters";
import { requireOperator } from "~/web/sign-in/operator-session.server";
import { eventColumns } from "./columns";
import { EventFilters } from "./event-filters";
import { readSubjectPages } from "./subject-pages.server";

export { ErrorPage as ErrorBoundary } from "~/components/error-page";

export const meta: MetaFunction = () => [{ title: pageTitle("Audit log") }];
export const handle: ConsoleHandle = { crumbs: () => [{ label: "Audit log" }] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { role } = await requireOperator({ request, context }, "viewer");
  const params = new URL(request.url).searchParams;
  requireKnownFilters(params, { filters: eventFilter.names, beside: ["before"] });
  const before = Number(params.get("before"));
  const [list, facets] = await Promise.all([
    listEvents(context.ports, {
      ...eventFilter.parse(params, context.ports.clock.now()),
      before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
    }),
    listEventFacets(context.ports),
  ]);
  const pages = await readSubjectPages(
    context.ports,
    list.events.map(({ subject }) => subject),
    role,
  );
  const events = list.events.map((event) => ({ ...event, page: pages.get(event.subject) ?? null }));
  return { ...list, events, ...facets };
}

export default function AuditLog() {
  const { events, nextBefore, actions, actors } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const isNarrowed = isFiltered(eventFilter, params);
  const filterOnly = onlyFilter(eventFilter, params);
  const olderThan = (id: number) => `?${new URLSearchParams([...filterOnly, ["before", String(id)]])}`;
  return (
    <Page
      title="Audit log"
      meta={
        <span>Newest first. Entries are only ever added: the database itself refuses to change or remove one.</span>
      }
      actions={events.length > 0 && <ExportLinks path="/audit-log/events" params={filterOnly} what="these entries" />}
    >
      <EventFilters actions={actions} actors={actors} isFiltered={isNarrowed} />
      <Panel isPadded={false}>
        {events.length > 0 ? (
          <Table caption="Audit log" columns={eventColumns} rows={events} rowKey={({ id }) => id} />
        ) : (
          <EmptyState
            icon={ScrollText}
            title={isNarrowed ? "No entries match these filters" : "No entries yet"}
            action={isNarrowed && <ButtonLink to="/audit-log">Show all entries</ButtonLink>}
          >
            <p>Every action of an operator, a schedule or a script is recorded here as it happens.</p>
          </EmptyState>
        )}
        {(nextBefore !== null || params.has("before")) && (
          <nav aria-label="Pages" className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-2">
            {params.has("before") && <ButtonLink to={`?${filterOnly}`}>Newest</ButtonLink>}
            {nextBefore !== null && <ButtonLink to={olderThan(nextBefore)}>Older</ButtonLink>}
          </nav>
        )}
      </Panel>
    </Page>
  );
}
