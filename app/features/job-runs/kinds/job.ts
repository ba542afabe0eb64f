import type { AlertKind } from "~/features/alerts/alert";
import { DomainError } from "~/features/domain-error";
import type { UndoWay } from "~/features/job-runs/allowed";
import { quote } from "~/quote";
import type { JobDefinition } from "./definition";
import type { JobHandler } from "./handler";

/** A definition with the handler that carries it out, as the engine uses every kind alike. */
export type Job = { definition: JobDefinition; handler: JobHandler<unknown> };

/** The kinds that a process knows, by kind. */
export type Jobs = ReadonlyMap<string, Job>;

/** Ties a handler to the definition whose payload it takes. */
export function pair<Payload>(definition: JobDefinition<string, Payload>, handler: JobHandler<NoInfer<Payload>>): Job {
  return { definition, handler };
}

export const toJobs = (jobs: readonly Job[]): Jobs => new Map(jobs.map((job) => [job.definition.kind, job]));

/** @throws DomainError "invalid" for a kind that this version of the code does not have */
export function requireJob(jobs: Jobs, kind: string): Job {
  const job = jobs.get(kind);
  if (job) return job;
  throw new DomainError("invalid", `This version of the console does not know the work ${quote(kind)}.`);
}

/** What an undo of this kind can put back; nothing where the kind is not known any more. */
export function undoWayOf(job: Job | undefined): UndoWay {
  const undo = job?.handler.undo;
  if (!undo) return "none";
  return "findLeft" in undo && undo.findLeft ? "what was started" : "what succeeded";
}

/** Every alert that work of these kinds raises. */
export const alertKinds = (jobs: Jobs): AlertKind[] =>
  [...jobs.values()].flatMap(({ definition }) => definition.alerts ?? []);

/** Runs, each with the page where it is looked at: that of its kind, or the one of every run. */
export const withPages = <Run extends { id: number; kind: string }>(
  jobs: Jobs,
  runs: Run[],
): (Run & { page: string })[] =>
  runs.map((run) => ({ ...run, page: jobs.get(run.kind)?.definition.page?.(run.id) ?? `/job-runs/${run.id}` }));
