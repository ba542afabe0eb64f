import type { Column } from "~/components/lists/table";
import { useHasRole } from "~/components/operator";
import { RunBadgeInList } from "~/components/runs/run-badge";
import { ExactTime, Time } from "~/components/time";
import { IntentButton } from "~/components/ui/forms/intent-button";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import { plural } from "~/features/format";
import { cronWords } from "~/features/schedules/cron-words";
import type { ScheduleView } from "~/features/schedules/list-schedules.server";

export const scheduleColumns: Column<ScheduleView>[] = [
  {
    header: "Schedule",
    isLead: true,
    cell: ({ title, cron, timeZone }) => (
      <span className="block py-1">
        <span className="block font-medium">{title}</span>
        <span className="block text-sm font-normal text-muted">
          {[cronWords(cron), timeZone].filter(Boolean).join(", ")} ·{" "}
          <code className="font-mono text-xs whitespace-nowrap">{cron}</code>
        </span>
      </span>
    ),
  },
  {
    header: "Last run",
    cell: ({ last, next }) =>
      last ? (
        <span className="flex flex-col items-start max-sm:items-end">
          <RunBadgeInList run={last} />
          {last.status === "paused" && (
            <span className="text-xs text-muted">
              {last.pauseReason === null
                ? "Later runs are skipped until it is resumed or canceled."
                : next && "The next scheduled time starts a new run in its place."}
            </span>
          )}
          <TextLink to={`/job-runs/${last.id}`} className="gap-1">
            run {last.id} · <Time at={last.createdAt} />
          </TextLink>
        </span>
      ) : (
        <span className="text-muted">Never</span>
      ),
  },
  {
    header: "Next",
    cell: ({ next }) =>
      next ? (
        <span className="flex flex-col max-sm:items-end">
          <Time at={next} />
          <span className="text-xs text-muted">
            <ExactTime at={next} />
          </span>
        </span>
      ) : (
        <Status tone="idle">Disabled</Status>
      ),
  },
  { header: "Missed", cell: (schedule) => <Missed schedule={schedule} /> },
];

/** Slots that passed while no worker ran. */
function Missed({ schedule }: { schedule: ScheduleView }) {
  const { id, title, missed, missedSince } = schedule;
  const canAct = useHasRole("operator");
  if (missed === 0) return <span className="text-muted">None</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        <Status tone="warn">{plural(missed, "slot")} missed</Status>
        {missedSince && (
          <span className="block text-xs text-muted">
            since <ExactTime at={missedSince} />
          </span>
        )}
      </span>
      {canAct && (
        <IntentButton intent="acknowledge" fields={{ id }} about={title}>
          Dismiss
        </IntentButton>
      )}
    </span>
  );
}

export const commandColumn: Column<ScheduleView> = {
  header: "Actions",
  align: "end",
  cell: ({ id, title, enabled }) => (
    <span className="inline-flex flex-wrap justify-end gap-2 py-1">
      <IntentButton intent={enabled ? "disable" : "enable"} fields={{ id }} about={title}>
        {enabled ? "Disable" : "Enable"}
      </IntentButton>
      <IntentButton leadsAway intent="run" fields={{ id }} about={title}>
        Run now
      </IntentButton>
    </span>
  ),
};
