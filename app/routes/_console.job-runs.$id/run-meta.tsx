import { Link } from "@remix-run/react";
import { type Counted, RunStatus } from "~/components/runs/run-status";
import { Time } from "~/components/time";

type Undo = { id: number; status: string; stands: boolean; isFinished: boolean };

type RunMetaProps = {
  run: Counted & {
    id: number;
    kind: string;
    actorName: string;
    createdAt: Date;
    undoOfId: number | null;
    itemsRemovedAt: Date | null;
  };
  undos: Undo[];
  /** The attribute root on whose groups it acts. */
  root: string | null;
};

const linkClass = "link inline-flex items-center max-sm:min-h-11";

/** State, who, when, and what the run belongs to. A new state is read aloud. */
export function RunMeta({ run, undos, root }: RunMetaProps) {
  const undo = undos.find(({ stands }) => stands);
  return (
    <>
      <span role="status">
        <RunStatus run={run} />
      </span>
      <span>run {run.id}</span>
      <span>by {run.actorName}</span>
      <Time at={run.createdAt} />
      {run.undoOfId !== null && (
        <Link to={`/job-runs/${run.undoOfId}`} className={linkClass}>
          Puts back run {run.undoOfId}
        </Link>
      )}
      {undo && (
        <Link to={`/job-runs/${undo.id}`} className={linkClass}>
          {undoWords(undo)} run {undo.id}
        </Link>
      )}
      {run.itemsRemovedAt && !undo && (
        <span>
          Undo has expired: items removed <Time at={run.itemsRemovedAt} />
        </span>
      )}
      {root !== null && (
        <Link to={`/attribute-groups?root=${encodeURIComponent(root)}`} className={linkClass}>
          Groups of {root}
        </Link>
      )}
      {run.kind === "label-run" && (
        <Link to={`/label-runs/${run.id}`} className={linkClass}>
          Its proposals
        </Link>
      )}
    </>
  );
}

function undoWords({ status, isFinished }: Undo): string {
  if (isFinished) return "Undone by";
  return status === "planning" || status === "planned" ? "Undo planned as" : "Being undone by";
}
