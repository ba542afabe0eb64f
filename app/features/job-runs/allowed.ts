import { dayOf } from "~/features/format";
import { undoEndedOn, undoEnds } from "./retention/undo-window";
import { finalStatuses, type RunStatus, underWay, working } from "./status";

/**
 * What can be done with a run, and from which statuses. Commands hold to it in the statement that changes the run; pages
 * and scripts offer nothing else.
 */
export const allowedFrom = {
  apply: ["planned"],
  pause: working,
  resume: ["paused"],
  cancel: ["planning", "planned", ...underWay],
  /** A run that was given up is not taken up again: a new one is. */
  retry: [...underWay, "succeeded"],
  undo: finalStatuses,
} as const satisfies Record<string, readonly RunStatus[]>;

export type RunCommandName = keyof typeof allowedFrom;

/** What an undo can put back: nothing, what succeeded, or also what was begun and has no success. */
export type UndoWay = "none" | "what succeeded" | "what was started";

/** How a run stands to being undone; `isUndone`: an undo of it was started and not given up. */
export type UndoFacts = { way: UndoWay; isUndone: boolean };

/** Statuses in which an undo does not count as one: another may be started. */
export const givenUp: readonly RunStatus[] = ["cancelled", "failed"];

type Run = {
  status: RunStatus;
  planned: number;
  succeeded: number;
  failed: number;
  skipped: number;
  startedAt: Date | null;
  finishedAt: Date | null;
  expiresAt: Date | null;
  itemsRemovedAt: Date | null;
  asOf: Date;
};

/** A plan that no one applied within a day; it is refused. */
export const isExpired = ({ status, expiresAt, asOf }: Pick<Run, "status" | "expiresAt" | "asOf">) =>
  status === "planned" && expiresAt !== null && expiresAt <= asOf;

/** The commands that a run takes now and that would do something, for the buttons of its page. */
export function offeredCommands(run: Run, undo: UndoFacts): RunCommandName[] {
  const hasEffect: Record<RunCommandName, boolean> = {
    apply: run.planned > 0 && !isExpired(run),
    pause: true,
    resume: true,
    cancel: true,
    retry: run.failed > 0 && !undo.isUndone,
    undo: hasLeftSomething(run, undo.way) && !undo.isUndone && undoEndedOn(run, run.asOf) === null,
  };
  return commandNames.filter((name) => isAllowedFrom(name, run.status) && hasEffect[name]);
}

/** Until when a run can be undone, or could be; null where there is nothing to undo, and for a run that is undone. */
export function undoTimeInWords(run: Run, undo: UndoFacts): string | null {
  const ends = undoEnds(run);
  if (ends === null || undo.isUndone || !hasLeftSomething(run, undo.way)) return null;
  const endedOn = undoEndedOn(run, run.asOf);
  if (endedOn === null) return `Can be undone until ${dayOf(ends)}`;
  return `Could be undone until ${endedOn}; its items and what it moved to trash/ are no longer kept`;
}

const isCommandName = (name: string): name is RunCommandName => Object.hasOwn(allowedFrom, name);
const commandNames = Object.keys(allowedFrom).filter(isCommandName);

export const isAllowedFrom = (name: RunCommandName, status: RunStatus) =>
  allowedFrom[name].some((allowed) => allowed === status);

/** An item without a success may have left something as well, where the kind keeps account of what it began. */
function hasLeftSomething({ succeeded, skipped, planned, startedAt }: Run, way: UndoWay): boolean {
  if (way === "none") return false;
  return succeeded > 0 || (way === "what was started" && startedAt !== null && skipped < planned);
}
