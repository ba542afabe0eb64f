import type { Column } from "~/components/lists/table";
import { Time } from "~/components/time";
import { Status, type Tone } from "~/components/ui/status";
import { conflictOf, keyOf, StateText } from "./state-text";

export type Item = {
  seq: number;
  subject: string;
  label: string | null;
  before: string | null;
  target: string | null;
  after: string | null;
  outcome: string | null;
  /** An open item that is not touched before. */
  parkedUntil: Date | null;
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

const subject: Column<Item> = {
  header: "Subject",
  isLead: true,
  cell: (item) => <span className="block sm:min-w-56 [overflow-wrap:anywhere]">{item.label ?? item.subject}</span>,
};

/** One state and the next: where its subject says already what it was, only the next. */
function Change({ item, after }: { item: Item; after: string | null }) {
  const { before, subject } = item;
  const isSaid = keyOf(before) === subject;
  return (
    <span className="flex gap-x-1.5 max-sm:flex-wrap">
      {before !== null && !(isSaid && after === null) && (
        <>
          {!isSaid && <StateText json={before} />} <span aria-hidden>→</span>
        </>
      )}
      <StateText json={after} />
    </span>
  );
}

/** Items of a plan: what each is and shall be. */
export const planColumns: Column<Item>[] = [
  subject,
  {
    header: "Now → after applying",
    cell: (item) =>
      conflictOf(item.target) === null ? (
        <Change item={item} after={item.target} />
      ) : (
        <Status tone="warn">Will be skipped</Status>
      ),
  },
];

/** Items of a run that was applied. */
export const runColumns: Column<Item>[] = [
  subject,
  {
    header: "Outcome",
    cell: (item) => {
      if (item.parkedUntil) {
        return (
          <Status tone="idle">
            <span>
              Waiting, next look <Time at={item.parkedUntil} />
            </span>
          </Status>
        );
      }
      const known = item.outcome ? outcomes[item.outcome] : undefined;
      return <Status tone={known?.tone ?? "idle"}>{known?.word ?? "Open"}</Status>;
    },
  },
  {
    header: "Before → after",
    cell: (item) => <Change item={item} after={item.outcome === null ? item.target : item.after} />,
  },
  { header: "Attempts", align: "end", cell: (item) => item.attempts },
  { header: "Reason", cell: (item) => <Reason text={item.error ?? item.reason} /> },
];

/** Why it failed or was skipped, or what it waits for; a long sentence is whole on hover, on narrow screens and in the export. */
function Reason({ text }: { text: string | null }) {
  if (text === null) return <span className="text-muted">–</span>;
  return (
    <span className="text-muted sm:line-clamp-2 lg:min-w-56 [overflow-wrap:anywhere]" title={text}>
      {text}
    </span>
  );
}
