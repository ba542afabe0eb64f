import { Link } from "@remix-run/react";
import { ExactTime, Time } from "~/components/time";
import type { Column } from "~/components/ui/table";
import type { EventView } from "~/features/audit-log/list-events.server";
import { actionWords } from "./action-words";

export const eventColumns: Column<EventView>[] = [
  {
    header: "What",
    isLead: true,
    cell: ({ sentence, subject, detail }) => (
      <span className="block lg:min-w-96 [overflow-wrap:anywhere]">
        <Subject subject={subject}>{sentence}</Subject>
        <Detail json={detail} />
      </span>
    ),
  },
  { header: "Who", cell: ({ actor, actorName }) => <span title={actor}>{actorName}</span> },
  { header: "Action", cell: ({ action }) => <span className="text-muted">{actionWords(action)}</span> },
  {
    header: "Subject",
    cell: ({ subject }) => (
      <Link
        to={`?${new URLSearchParams({ subject })}`}
        title="Only what was done to it"
        className="link inline-flex items-center whitespace-nowrap max-sm:min-h-11"
      >
        {subject}
      </Link>
    ),
  },
  {
    header: "When",
    align: "end",
    cell: ({ at }) => (
      <span className="text-muted">
        <span className="max-xl:hidden">
          <ExactTime at={at} /> ·{" "}
        </span>
        <Time at={at} />
      </span>
    ),
  },
];

/** The sentence, leading to what it is about where that has a page. */
function Subject({ subject, children }: { subject: string; children: string }) {
  const runId = /^run:(\d+)$/.exec(subject)?.[1];
  if (!runId) return <>{children}</>;
  return (
    <Link to={`/job-runs/${runId}`} className="hover:underline">
      {children}
    </Link>
  );
}

/** What else the entry says: "errorClass undecodable". */
function Detail({ json }: { json: string }) {
  const pairs = Object.entries<unknown>(JSON.parse(json));
  if (pairs.length === 0) return null;
  return (
    <span className="block text-xs text-muted">
      {pairs.map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`).join(", ")}
    </span>
  );
}
