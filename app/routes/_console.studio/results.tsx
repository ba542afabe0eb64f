import { Link } from "@remix-run/react";
import { RunBadge } from "~/components/runs/run-badge";
import { RunError } from "~/components/runs/run-error";
import { RunPause } from "~/components/runs/run-pause";
import { RunStandstill } from "~/components/runs/run-standstill";
import { Panel } from "~/components/ui/panel";
import { Picture } from "~/components/ui/picture";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import type { StudioRun } from "~/features/drawing/studio/read-studio-run.server";
import { dollars } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import { isFinished } from "~/features/job-runs/status";
import { quoteKey } from "~/quote";

/** What has come of a run so far: pictures, and what is none with its own reason. The form below draws it again. */
export function Results({ result: { run, cost, drawn, without } }: { result: StudioRun }) {
  const open = isFinished(run.status) ? 0 : Math.max(run.planned - drawn.length - without.length, 0);
  return (
    <Panel
      title={run.title}
      aside={
        <span className="flex flex-wrap items-baseline gap-x-4 text-sm">
          <RunBadge run={run} />
          <span className="text-muted tabular-nums">
            {dollars(cost.spentUsd)} of {dollars(cost.budgetUsd)}
          </span>
          <TextLink to={`/job-runs/${run.id}`}>Open run {run.id}</TextLink>
        </span>
      }
    >
      <div className="flex flex-col gap-3">
        <RunError run={run} />
        <RunPause run={run} />
        <RunStandstill run={run} />
        <ul
          aria-label="Images drawn"
          className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(148px,200px))] empty:hidden"
        >
          {drawn.map(({ id, key, etag, hasThumbnail }) => (
            <li key={id} className="min-w-0">
              <Link to={`/images/${id}`} className="block rounded-md">
                <Picture
                  imageId={id}
                  etag={etag}
                  missing={hasThumbnail ? undefined : "No thumbnail"}
                  alt={quoteKey(key)}
                  className="aspect-[3/4]"
                />
                <span className="mt-1 block truncate text-xs">{baseName(key)}</span>
              </Link>
            </li>
          ))}
          {Array.from({ length: open }, (_, at) => drawn.length + at).map((place) => (
            <li
              key={`open ${place}`}
              aria-hidden
              className="aspect-[3/4] rounded-md border border-dashed border-line-strong bg-sunken"
            />
          ))}
        </ul>
        {without.length > 0 && (
          <ul aria-label="Not drawn" className="flex flex-col gap-2 text-sm">
            {without.map(({ seq, label, isFailed, why }) => (
              <li key={seq} className="flex flex-wrap gap-x-2">
                <Status tone={isFailed ? "bad" : "warn"}>{label}</Status>
                <span className="min-w-0 [overflow-wrap:anywhere]">{why}</span>
              </li>
            ))}
          </ul>
        )}
        {isFinished(run.status) && (
          <p className="text-sm text-muted">The form below has this request: change what you like, and draw again.</p>
        )}
      </div>
    </Panel>
  );
}
