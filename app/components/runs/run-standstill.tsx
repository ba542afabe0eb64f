import { useNow } from "~/components/now";
import { Time } from "~/components/time";
import { Status } from "~/components/ui/status";
import { duration, plural } from "~/features/format";
import type { RunView } from "~/features/job-runs/views/run-view";

/** What a run under way waits for: at the moment, and for longer. */
export function RunStandstill({ run }: { run: Pick<RunView, "waiting" | "parked"> }) {
  const { waiting, parked } = run;
  return (
    <>
      {waiting && (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-3 text-sm">
          <Status tone="idle">
            Waiting for <Since at={waiting.since} />
          </Status>
          <span className="min-w-0 [overflow-wrap:anywhere]">{waiting.reason}</span>
        </p>
      )}
      {parked && (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-3 text-sm">
          <Status tone="idle">
            <span>
              {plural(parked.count, "item")} waiting
              {parked.nextLookAt && (
                <>
                  , next look <Time at={parked.nextLookAt} />
                </>
              )}
            </span>
          </Status>
          {parked.reason && <span className="min-w-0 [overflow-wrap:anywhere]">{parked.reason}</span>}
        </p>
      )}
    </>
  );
}

function Since({ at }: { at: Date }) {
  const seconds = (useNow().getTime() - at.getTime()) / 1000;
  return <span className="tabular-nums">{duration(Math.max(seconds, 0))}</span>;
}
