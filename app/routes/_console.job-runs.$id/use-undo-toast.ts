import { useEffect, useRef } from "react";
import { useHasRole } from "~/components/operator";
import { useSay } from "~/components/ui/toast";
import { count, plural } from "~/features/format";
import type { RunCommandName } from "~/features/job-runs/allowed";
import { isFinished, type RunStatus } from "~/features/job-runs/status";

type Run = { id: number; status: RunStatus; planned: number; succeeded: number };

/** Says what a run did as soon as it has ended under one's eyes, with the way to take it back. */
export function useUndoToast({ id, status, planned, succeeded }: Run, offered: RunCommandName[]) {
  const say = useSay();
  const isOver = isFinished(status);
  const canUndo = useHasRole("operator") && offered.includes("undo");
  const last = useRef({ id, isOver });
  useEffect(() => {
    const hasJustEnded = isOver && last.current.id === id && !last.current.isOver;
    last.current = { id, isOver };
    if (!hasJustEnded || !canUndo) return;
    const how = succeeded === planned ? plural(succeeded, "item") : `${count(succeeded)} of ${plural(planned, "item")}`;
    say({ tone: "good", text: `Applied to ${how}.`, undo: { runId: id } });
  }, [id, isOver, canUndo, succeeded, planned, say]);
}
