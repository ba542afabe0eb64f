import { errorClassWords } from "~/components/runs/error-class";
import { plural } from "~/features/format";
import { consoleActor } from "~/features/job-runs/run-events";
import type { RunStatus } from "~/features/job-runs/status";
import { quote } from "~/quote";

export type TimelineEntry = { at: Date; text: string; actorName: string | null; runId?: number };

type Run = {
  status: RunStatus;
  planned: number;
  failed: number;
  actorName: string;
  autoApply: boolean;
  createdAt: Date;
  plannedAt: Date | null;
  appliedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  itemsRemovedAt: Date | null;
};
type Event = { at: Date; action: string; actor: string; actorName: string; detail: string };
type Undo = { id: number; createdAt: Date; actorName: string };

const verbs: Record<string, string> = {
  "run.start": "Started",
  "run.undo": "Started",
  "run.apply": "Applied",
  "run.pause": "Paused",
  "run.resume": "Resumed",
  "run.cancel": "Canceled",
  "run.retry": "Retried failed items",
};

/**
 * What happened to a run, oldest first: what people did, from the audit log, and what the engine did, from the run's
 * own times.
 */
export function timelineOf({ run, events, undos }: { run: Run; events: Event[]; undos: Undo[] }): TimelineEntry[] {
  const has = (action: string) => events.some((event) => event.action === action);
  const entries: (TimelineEntry | null)[] = [
    has("run.start") || has("run.undo") ? null : entry(run.createdAt, "Started", run.actorName),
    entry(run.plannedAt, `Plan made: ${plural(run.planned, "item")}`),
    has("run.apply") ? null : entry(run.appliedAt, "Applied its own plan"),
    ...events.toReversed().map((event) => entry(event.at, eventWords(event), personOf(event))),
    entry(run.startedAt, "Picked up by a worker"),
    has("run.cancel") && run.status === "cancelled" ? null : entry(run.finishedAt, endWords(run)),
    ...undos.map((undo) => ({ ...entry(undo.createdAt, "Undo started", undo.actorName), runId: undo.id })),
    entry(run.itemsRemovedAt, "Items removed, counts kept"),
  ];
  // Sorting is stable: what has the same time stays in the order above.
  return entries.filter((each) => each !== null).sort((a, b) => a.at.getTime() - b.at.getTime());
}

function entry(at: Date, text: string, actorName?: string | null): TimelineEntry;
function entry(at: Date | null, text: string, actorName?: string | null): TimelineEntry | null;
function entry(at: Date | null, text: string, actorName?: string | null): TimelineEntry | null {
  return at && { at, text, actorName: actorName ?? null };
}

function eventWords({ action, detail }: Event): string {
  const { errorClass, reason }: { errorClass?: unknown; reason?: unknown } = JSON.parse(detail);
  const verb = verbs[action] ?? action;
  if (typeof reason === "string") return `${verb}${action === "run.pause" ? " itself" : ""}: ${reason}`;
  return typeof errorClass === "string" ? `${verb} as ${quote(errorClassWords(errorClass))}` : verb;
}

/** Who did it; what the console did of itself is told without a name. */
const personOf = ({ actor, actorName }: Event) => (actor === consoleActor.id ? null : actorName);

function endWords({ status, failed }: Run): string {
  if (status === "failed") return "Stopped with an error";
  if (status === "cancelled") return "Cancelled";
  return failed > 0 ? `Finished, ${plural(failed, "item")} failed` : "Finished";
}
