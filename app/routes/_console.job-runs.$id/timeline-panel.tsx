import { Time } from "~/components/time";
import { Panel } from "~/components/ui/panel";
import { TextLink } from "~/components/ui/text-link";
import type { TimelineEntry } from "./timeline";

/** What happened to the run, and who did it. */
export function TimelinePanel({ entries }: { entries: TimelineEntry[] }) {
  return (
    <Panel title="Timeline">
      <ol className="flex flex-col">
        {entries.map((entry, index) => (
          <li
            key={`${entry.at.getTime()} ${entry.text}`}
            className="relative flex flex-wrap items-baseline justify-between gap-x-3 pb-3 pl-5 text-sm last:pb-0"
          >
            <span aria-hidden className="absolute top-1.5 left-0 size-2 rounded-full bg-line-strong" />
            {index < entries.length - 1 && (
              <span aria-hidden className="absolute top-4 bottom-0 left-[3.5px] w-px bg-line" />
            )}
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {entry.text}
              {entry.actorName && <span className="text-muted"> by {entry.actorName}</span>}
              {entry.runId !== undefined && (
                <>
                  {": "}
                  <TextLink to={`/job-runs/${entry.runId}`}>run {entry.runId}</TextLink>
                </>
              )}
            </span>
            <span className="text-xs text-muted">
              <Time at={entry.at} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
