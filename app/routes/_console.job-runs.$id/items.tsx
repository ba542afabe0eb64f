import { Link } from "@remix-run/react";
import { Inbox } from "lucide-react";
import { errorClassWords } from "~/components/runs/error-class";
import { EmptyState } from "~/components/ui/empty-state";
import { Pages } from "~/components/ui/pages";
import { Panel } from "~/components/ui/panel";
import { Status, type Tone } from "~/components/ui/status";
import { type Column, Table } from "~/components/ui/table";
import { TabLinks } from "~/components/ui/tabs";
import { StateText } from "./state-text";

type Item = {
  seq: number;
  subject: string;
  label: string | null;
  before: string | null;
  after: string | null;
  outcome: string | null;
  reason: string | null;
  attempts: number;
  errorClass: string | null;
  error: string | null;
};

const outcomes: Record<string, { tone: Tone; word: string }> = {
  succeeded: { tone: "good", word: "Succeeded" },
  failed: { tone: "bad", word: "Failed" },
  skipped: { tone: "info", word: "Skipped" },
};

const columns: Column<Item>[] = [
  {
    header: "Subject",
    isLead: true,
    cell: (item) => (
      <span className="block sm:min-w-56 lg:min-w-80 [overflow-wrap:anywhere]">{item.label ?? item.subject}</span>
    ),
  },
  {
    header: "Outcome",
    cell: (item) => {
      const known = item.outcome ? outcomes[item.outcome] : undefined;
      return <Status tone={known?.tone ?? "idle"}>{known?.word ?? "Open"}</Status>;
    },
  },
  {
    header: "Before → after",
    cell: (item) => (
      <span className="flex gap-x-1.5 max-sm:flex-wrap max-sm:justify-end">
        {item.before !== null && (
          <>
            <StateText json={item.before} /> <span aria-hidden>→</span>
          </>
        )}
        <StateText json={item.after} />
      </span>
    ),
  },
  { header: "Attempts", align: "end", cell: (item) => item.attempts },
  {
    header: "Reason",
    cell: (item) => <span className="text-muted">{item.error ?? item.reason ?? "–"}</span>,
  },
];

type ItemsProps = {
  run: { planned: number; done: number; succeeded: number; failed: number; skipped: number };
  list: { items: Item[]; total: number; pageSize: number };
  filter: { outcome?: string | undefined; errorClass?: string | undefined; page: number };
};

/** The run's items by outcome; the filter is in the address. */
export function Items({ run, list, filter }: ItemsProps) {
  const tabs = [
    { label: "All", outcome: undefined, count: run.planned },
    { label: "Open", outcome: "open", count: run.planned - run.done },
    { label: "Succeeded", outcome: "succeeded", count: run.succeeded },
    { label: "Failed", outcome: "failed", count: run.failed },
    { label: "Skipped", outcome: "skipped", count: run.skipped },
  ];
  return (
    <section aria-labelledby="items" className="flex flex-col gap-3">
      <h2 id="items" className="sr-only">
        Items
      </h2>
      <TabLinks
        label="Items by outcome"
        tabs={tabs.map(({ label, outcome, count }) => ({
          label,
          count,
          to: outcome ? `?outcome=${outcome}` : ".",
          isCurrent: outcome === filter.outcome,
        }))}
      />
      {filter.errorClass && (
        <p className="text-sm text-muted">
          Only “{errorClassWords(filter.errorClass)}” ·{" "}
          <Link className="link" to="?outcome=failed" preventScrollReset>
            Show all failed
          </Link>
        </p>
      )}
      <Panel isPadded={false}>
        {list.items.length > 0 ? (
          <Table caption="Items of this run" columns={columns} rows={list.items} rowKey={(item) => item.seq} />
        ) : (
          <EmptyState icon={Inbox} title="No items here">
            <p>{run.planned === 0 ? "The plan holds no item: there is nothing to do." : "No item has this outcome."}</p>
          </EmptyState>
        )}
        <Pages page={filter.page} pageSize={list.pageSize} total={list.total} />
      </Panel>
    </section>
  );
}
