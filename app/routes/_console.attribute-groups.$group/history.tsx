import { RunState } from "~/components/runs/run-badge";
import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import type { HistoryEntry } from "~/features/attribute-groups/snapshots/read-group-history.server";

/** What happened to the group, the newest first: what audits saw, and what runs did. */
export function History({ root, entries }: { root: string; entries: HistoryEntry[] }) {
  return (
    <Panel title="History" isPadded={false}>
      <ol className="divide-y divide-line">
        {entries.map((entry) => (
          <li
            key={entry.kind === "run" ? `run ${entry.runId}` : `audit ${entry.to} ${entry.sentence}`}
            className="px-4 py-2.5 text-sm"
          >
            <p className="[overflow-wrap:anywhere]">{entry.sentence}</p>
            <p className="flex flex-wrap items-baseline gap-x-2 text-muted">
              {entry.kind === "run" && (
                <>
                  <RunState status={entry.status} />
                  <span>{entry.actorName}</span>
                </>
              )}
              <Time at={entry.at} />
              <EntryLink root={root} entry={entry} />
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function EntryLink({ root, entry }: { root: string; entry: HistoryEntry }) {
  if (entry.kind === "run") {
    return <TextLink to={`/job-runs/${entry.runId}`}>Run {entry.runId}</TextLink>;
  }
  if (entry.from === null) return null;
  const params = { root, view: "changes", from: String(entry.from), to: String(entry.to) };
  return <TextLink to={`/attribute-groups?${new URLSearchParams(params)}`}>Compare</TextLink>;
}
