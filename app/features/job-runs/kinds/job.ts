import type { JobDefinition } from "./definition";
import type { JobHandler } from "./handler";

/** A definition with the handler that carries it out, as the engine uses every kind alike. */
export type Job = { definition: JobDefinition; handler: JobHandler<unknown> };

/** The kinds that a process can work on, by kind. */
export type Jobs = ReadonlyMap<string, Job>;

export const toJobs = (jobs: readonly Job[]): Jobs => new Map(jobs.map((job) => [job.definition.kind, job]));
