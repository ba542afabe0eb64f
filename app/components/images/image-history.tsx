import { StateText } from "~/components/runs/state-text";
import { Time } from "~/components/time";
import { Status } from "~/components/ui/status";
import { TextLink } from "~/components/ui/text-link";
import type { ImageCall, ImagePage } from "~/features/image-page/image-page";
import { type HistoryEntry, RUNS_LOOKED_THROUGH } from "~/features/images/view/image-history";
import { UNDO_DAYS } from "~/features/job-runs/retention/undo-window";

type Line =
  | ({ of: "run" } & HistoryEntry)
  | ({ of: "call" } & ImageCall)
  | ({ of: "event" } & ImagePage["events"][number]);

/** What happened to an image, the newest first: what runs did to it, what models were asked, what the audit log keeps. */
export function ImageHistory({ page: { image, history, calls, events } }: { page: ImagePage }) {
  const lines: Line[] = [
    ...history.map((entry) => ({ of: "run" as const, ...entry })),
    ...calls.map((call) => ({ of: "call" as const, ...call })),
    ...events.map((event) => ({ of: "event" as const, ...event })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <>
      <ol className="divide-y divide-line text-sm">
        {lines.map((line) => (
          <li key={keyOf(line)} className="px-4 py-2.5">
            {line.of === "run" && <RunLine entry={line} />}
            {line.of === "call" && <CallLine call={line} />}
            {line.of === "event" && (
              <>
                <p className="[overflow-wrap:anywhere]">{line.sentence}</p>
                <p className="text-muted">
                  {line.actorName} · <Time at={line.at} />
                </p>
              </>
            )}
          </li>
        ))}
        <li className="px-4 py-2.5">
          <p>First seen in the bucket</p>
          <p className="text-muted">
            <Time at={image.createdAt} />
          </p>
        </li>
      </ol>
      <p className="border-t border-line px-4 py-2.5 text-xs text-muted">
        From the {RUNS_LOOKED_THROUGH} newest runs that changed owners or thumbnails, the newest label runs, and every
        move. Runs older than {UNDO_DAYS} days no longer list their images.
      </p>
    </>
  );
}

const keyOf = (line: Line) =>
  [
    line.of,
    "id" in line ? line.id : line.runId,
    "triedVersionId" in line ? line.triedVersionId : "",
    line.at.getTime(),
  ].join(" ");

function RunLine({ entry }: { entry: HistoryEntry }) {
  const { title, outcome, was, became, reason, actorName, at, page, runId } = entry;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        {title}
        {outcome !== "succeeded" && <Status tone={outcome === "failed" ? "bad" : "idle"}>{outcome}</Status>}
      </p>
      {outcome === "succeeded" ? (
        <p className="[overflow-wrap:anywhere]">
          <StateText state={was} /> <span className="text-muted">→</span> <StateText state={became} />
        </p>
      ) : (
        <p className="text-muted [overflow-wrap:anywhere]">{reason}</p>
      )}
      <p className="flex flex-wrap items-baseline gap-x-2 text-muted">
        <span>{actorName}</span>
        <Time at={at} />
        <TextLink to={page}>Run {runId}</TextLink>
      </p>
    </>
  );
}

const callWords: Record<string, string> = {
  labelled: "it answered",
  refused: "it refused",
  truncated: "its answer was cut off",
};

function CallLine({ call: { outcome, reason, at, runId, triedVersionId } }: { call: ImageCall }) {
  return (
    <>
      <p>Model asked: {callWords[outcome] ?? outcome}</p>
      {outcome !== "labelled" && reason && <p className="text-muted [overflow-wrap:anywhere]">{reason}</p>}
      <p className="flex flex-wrap items-baseline gap-x-2 text-muted">
        <Time at={at} />
        {runId !== null && <TextLink to={`/label-runs/${runId}`}>Label run {runId}</TextLink>}
        {triedVersionId !== null && <TextLink to={`/prompts/${triedVersionId}?tab=try`}>A prompt was tried</TextLink>}
      </p>
    </>
  );
}
