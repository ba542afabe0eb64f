import type { Column } from "~/components/lists/table";
import { StateText } from "~/components/runs/state-text";
import { Time } from "~/components/time";
import { Status, type Tone } from "~/components/ui/status";
import type { ItemView } from "~/features/job-runs/views/item-view";

const outcomes: Record<string, { tone: Tone; word: string }> = {
  succeeded: { tone: "good", word: "Succeeded" },
  failed: { tone: "bad", word: "Failed" },
  skipped: { tone: "info", word: "Skipped" },
};

const name: Column<ItemView> = {
  header: "Subject",
  isLead: true,
  cell: (item) => (
    <span className="line-clamp-3 sm:min-w-56 [overflow-wrap:anywhere]" title={item.name}>
      {item.name}
    </span>
  ),
};

/** One state and the next; of an item that goes nowhere, what stands in its way is all. */
function Change({ item: { was, becomes } }: { item: ItemView }) {
  const isSkipped = typeof becomes === "object" && becomes !== null && "skipped" in becomes;
  return (
    <span className="flex gap-x-1.5 max-sm:flex-wrap lg:min-w-60">
      {was !== null && !isSkipped && (
        <>
          <StateText state={was} /> <span aria-hidden>→</span>
        </>
      )}
      <StateText state={becomes} />
    </span>
  );
}

/** Items of a plan: what each is and shall be. */
export const planColumns: Column<ItemView>[] = [
  name,
  { header: "Now → after applying", cell: (item) => <Change item={item} /> },
];

/** Items of a run that was applied. */
export const runColumns: Column<ItemView>[] = [
  name,
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
  { header: "Before → after", cell: (item) => <Change item={item} /> },
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
