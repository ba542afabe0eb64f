import { type Column, Table } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { Time } from "~/components/time";
import { type Fact, Facts } from "~/components/ui/facts";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Panel } from "~/components/ui/panel";
import { Status } from "~/components/ui/status";
import { TextSummary } from "~/components/ui/text-link";
import type { KnownStore, StoreAbilities } from "~/features/storage/abilities";
import { type AbilityLine, explainAbilities } from "~/features/storage/explain-abilities";

/** What stands in the panel itself; the table has the rest. */
const SHOWN = ["Put-if-absent", "Versions", "Tags", "ACL", "Rights"];

/** What the store was seen to do, and what of it needs someone. */
export function StorePanel({ store }: { store: KnownStore }) {
  const canProbe = useHasRole("operator");
  const { abilities, failure } = store;
  return (
    <Panel
      title="This store"
      aside={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {abilities && (
            <span>
              as of <Time at={abilities.probedAt} />
            </span>
          )}
          {canProbe && (
            <IntentButton intent="probe-store" fields={{}}>
              {abilities ? "Probe again" : "Probe this store"}
            </IntentButton>
          )}
        </span>
      }
    >
      <div className="space-y-4 text-sm">
        {failure && (
          <p className="[overflow-wrap:anywhere]">
            <Status tone="bad">The last probe failed</Status> <Time at={failure.at} />: {failure.sentence}
          </p>
        )}
        {abilities ? <Abilities store={store} abilities={abilities} /> : !failure && <NotProbed />}
      </div>
    </Panel>
  );
}

const NotProbed = () => (
  <p className="text-muted">
    Not probed yet. When a worker starts, it tries writes to a taken key, versions, tags and ACLs with a few small
    objects of its own below trash/.
  </p>
);

function Abilities({ store, abilities }: { store: KnownStore; abilities: StoreAbilities }) {
  const lines = explainAbilities(abilities);
  const facts: Fact[] = lines
    .filter(({ name }) => SHOWN.includes(name))
    .map((line) => ({ label: line.name, value: <Does line={line} /> }));
  const open = lines.filter(({ tone }) => tone === "warn" || tone === "bad");
  return (
    <>
      {store.staleReason && (
        <p>
          <Status tone="warn">To be probed again before the next change:</Status> {store.staleReason}
        </p>
      )}
      <Facts
        facts={[
          {
            label: "Bucket",
            value: <span className="[overflow-wrap:anywhere]">{`${store.bucket} at ${store.endpoint}`}</span>,
          },
          ...facts,
        ]}
      />
      {open.length > 0 && (
        <ul className="space-y-2" aria-label="What to do">
          {open.map((line) => (
            <li key={line.name} className="[overflow-wrap:anywhere]">
              <Status tone={line.tone}>{line.name}:</Status> {line.tone === "bad" && line.does} {line.means} {line.todo}
            </li>
          ))}
        </ul>
      )}
      <details>
        <TextSummary>Everything that was tried</TextSummary>
        <div className="mt-2">
          <Table caption="What the store does" columns={columns} rows={lines} rowKey={({ name }) => name} />
        </div>
      </details>
    </>
  );
}

const Does = ({ line }: { line: AbilityLine }) => <Status tone={line.tone}>{line.does}</Status>;

const columns: Column<AbilityLine>[] = [
  {
    header: "Tried",
    cell: ({ name, tried }) => (
      <>
        <span className="font-medium">{name}</span>
        <span className="block text-muted">{tried}</span>
      </>
    ),
    isLead: true,
  },
  { header: "The store", cell: (line) => <Does line={line} /> },
  { header: "What it means", cell: ({ means }) => means ?? "–" },
  { header: "What to do", cell: ({ todo }) => todo ?? "–" },
];
