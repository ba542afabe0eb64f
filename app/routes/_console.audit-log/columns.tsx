import { Link } from "@remix-run/react";
import { ListFilter } from "lucide-react";
import type { Column } from "~/components/lists/table";
import { ExactTime, Time } from "~/components/time";
import { TextLink } from "~/components/ui/text-link";
import type { EventView } from "~/features/audit-log/list-events.server";
import { actionWords } from "./action-words";

export const eventColumns: Column<EventView & { page: string | null }>[] = [
  {
    header: "What",
    isLead: true,
    cell: ({ sentence, detail }) => (
      <span className="block lg:min-w-96 [overflow-wrap:anywhere]">
        {sentence}
        <Detail json={detail} />
      </span>
    ),
  },
  { header: "Who", cell: ({ actor, actorName }) => <span title={actor}>{actorName}</span> },
  { header: "Action", cell: ({ action }) => <span className="text-muted">{actionWords(action)}</span> },
  {
    header: "Subject",
    cell: ({ subject, page }) => (
      <span className="flex items-center gap-1">
        <Subject subject={subject} page={page} />
        <Link
          to={`?${new URLSearchParams({ subject })}`}
          aria-label={`Only entries about ${subject}`}
          title={`Only ${subject}`}
          className="grid size-6 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink max-sm:size-11"
        >
          <ListFilter aria-hidden className="size-3.5" />
        </Link>
      </span>
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

/** What was acted on, leading to its page where it has one. */
function Subject({ subject, page }: { subject: string; page: string | null }) {
  if (!page) return <span className="whitespace-nowrap">{subject}</span>;
  return (
    <TextLink to={page} className="whitespace-nowrap">
      {subject}
    </TextLink>
  );
}

/** What else the entry says: "errorClass undecodable"; a reason is a sentence of its own. */
function Detail({ json }: { json: string }) {
  const pairs = Object.entries<unknown>(JSON.parse(json));
  if (pairs.length === 0) return null;
  return <span className="block text-xs text-muted">{pairs.map(detailWords).join(", ")}</span>;
}

function detailWords([name, value]: [string, unknown]): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return name === "reason" ? text : `${name} ${text}`;
}
