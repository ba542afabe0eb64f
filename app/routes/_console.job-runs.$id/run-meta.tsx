import { type Counted, RunBadge } from "~/components/runs/run-badge";
import { Time } from "~/components/time";
import { TextLink } from "~/components/ui/text-link";
import type { RunStatus } from "~/features/job-runs/status";

type Undo = { id: number; status: RunStatus; stands: boolean; isFinished: boolean };

type RunMetaProps = {
  run: Counted & {
    id: number;
    actorName: string;
    createdAt: Date;
    undoOfId: number | null;
  };
  undos: Undo[];
  /** Until when it can be undone, or could be. */
  undoTime: string | null;
  /** What it is about. */
  subject: { label: string; to: string } | null;
};

/** State, who, when, and what the run belongs to. A new state is read aloud. */
export function RunMeta({ run, undos, undoTime, subject }: RunMetaProps) {
  const undo = undos.find(({ stands }) => stands);
  return (
    <>
      <span role="status">
        <RunBadge run={run} />
      </span>
      <span>run {run.id}</span>
      <span>by {run.actorName}</span>
      <Time at={run.createdAt} />
      {run.undoOfId !== null && <TextLink to={`/job-runs/${run.undoOfId}`}>Undoes run {run.undoOfId}</TextLink>}
      {undo && (
        <TextLink to={`/job-runs/${undo.id}`}>
          {undoWords(undo)} run {undo.id}
        </TextLink>
      )}
      {undoTime && <span>{undoTime}</span>}
      {subject && <TextLink to={subject.to}>{subject.label}</TextLink>}
    </>
  );
}

function undoWords({ status, isFinished }: Undo): string {
  if (isFinished) return "Undone by";
  return status === "planning" || status === "planned" ? "Undo planned as" : "Being undone by";
}
