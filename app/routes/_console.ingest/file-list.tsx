import { Pause, Play, RotateCw, X } from "lucide-react";
import { Button, IconButton } from "~/components/ui/forms/button";
import { Progress } from "~/components/ui/progress";
import { Status } from "~/components/ui/status";
import { bytes, percent, plural } from "~/features/format";
import { visible } from "~/quote";
import { type Entry, isUnfinished } from "./uploads/entries";

type FileListProps = {
  entries: Entry[];
  onPause(keys: number[]): void;
  /** Also of those that failed. */
  onResume(keys: number[]): void;
  onRemove(entry: Entry): void;
};

/** The files of this visit, each with what has become of it, and how far all of them are. */
export function FileList({ entries, onPause, onResume, onRemove }: FileListProps) {
  const counted = entries.filter(({ state }) => state.is !== "refused");
  const sum = (of: (entry: Entry) => number) => counted.reduce((total, entry) => total + of(entry), 0);
  const [sent, total] = [sum(({ sentBytes }) => sentBytes), sum(({ bytes }) => bytes)];
  const done = counted.filter(({ state }) => state.is === "uploaded").length;
  const unfinished = counted.filter(isUnfinished);
  const paused = counted.filter(({ state }) => state.is === "paused").length;
  const keys = unfinished.map(({ key }) => key);
  return (
    <>
      {counted.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <p role="status" className="text-sm text-muted tabular-nums">
              {done === counted.length
                ? `${plural(done, "file")} uploaded`
                : `${done} of ${plural(counted.length, "file")} uploaded`}
              {paused > 0 && `, ${paused} paused`}
            </p>
            {unfinished.length > 1 && (
              <PauseAll isPaused={paused === unfinished.length} {...{ keys, onPause, onResume }} />
            )}
          </div>
          {unfinished.length > 0 && (
            <>
              <Progress label="All files" done={sent} total={total} />
              <p className="text-sm text-muted tabular-nums">
                {bytes(sent)} of {bytes(total)}. If you leave, choose the same files again within two days: they go on
                where they stopped.
              </p>
            </>
          )}
        </div>
      )}
      <ul aria-label="Files" className="flex flex-col divide-y divide-line">
        {entries.map((entry) => (
          <li key={entry.key} className="flex items-start gap-2 py-2">
            <div className="flex min-w-0 grow flex-col gap-1">
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="min-w-0 [overflow-wrap:anywhere]">{visible(entry.name)}</span>
                <span className="text-sm whitespace-nowrap text-muted tabular-nums">{bytes(entry.bytes)}</span>
              </div>
              <State entry={entry} />
            </div>
            {isUnfinished(entry) && <PauseOne {...{ entry, onPause, onResume }} />}
            {entry.state.is === "failed" && entry.file !== null && (
              <IconButton label={`Retry ${visible(entry.name)}`} onClick={() => onResume([entry.key])}>
                <RotateCw aria-hidden />
              </IconButton>
            )}
            <IconButton label={`Remove ${visible(entry.name)}`} onClick={() => onRemove(entry)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  );
}

type Pausing = Pick<FileListProps, "onPause" | "onResume">;

/** One button that changes its word, so that who has pressed it stays there. */
function PauseOne({ entry: { key, name, state }, onPause, onResume }: Pausing & { entry: Entry }) {
  const isPaused = state.is === "paused";
  return (
    <IconButton
      label={`${isPaused ? "Resume" : "Pause"} ${visible(name)}`}
      onClick={() => (isPaused ? onResume([key]) : onPause([key]))}
    >
      {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
    </IconButton>
  );
}

const PauseAll = ({ isPaused, keys, onPause, onResume }: Pausing & { isPaused: boolean; keys: number[] }) => (
  <Button variant="quiet" onClick={() => (isPaused ? onResume(keys) : onPause(keys))}>
    {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
    {isPaused ? "Resume all" : "Pause all"}
  </Button>
);

function State({ entry: { name, bytes, sentBytes, state } }: { entry: Entry }) {
  switch (state.is) {
    case "waiting":
      return <Status tone="idle">Waiting</Status>;
    case "reading":
      return (
        <>
          <Progress label={`Reading ${visible(name)}`} done={state.readBytes} total={bytes} />
          <span className="text-sm text-muted tabular-nums">Reading, {percent(state.readBytes, bytes)}</span>
        </>
      );
    case "sending":
      return (
        <>
          <Progress label={visible(name)} done={sentBytes} total={bytes} />
          {state.isInTrouble ? (
            <Status tone="warn">Interrupted at {percent(sentBytes, bytes)}; it goes on by itself</Status>
          ) : (
            <span className="text-sm text-muted tabular-nums">Uploading, {percent(sentBytes, bytes)}</span>
          )}
        </>
      );
    case "paused":
      return (
        <>
          {sentBytes > 0 && <Progress label={visible(name)} done={sentBytes} total={bytes} />}
          <Status tone="idle">Paused</Status>
        </>
      );
    case "uploaded":
      return <Status tone="good">Uploaded</Status>;
    case "failed":
      return <Status tone="bad">{state.why}</Status>;
    case "refused":
      return <Status tone="bad">{state.why}</Status>;
  }
}
