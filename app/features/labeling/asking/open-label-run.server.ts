import { DomainError } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import type { Ports } from "~/ports/index.server";
import { type OpenPrompt, openPrompt } from "./open-prompt.server";
import { createPatience, type Patience } from "./patience";

/** Everything about a label run that is the same for each of its images. */
export type OpenLabelRun = OpenPrompt & {
  id: number;
  /** How long the model has answered none of this run's calls. */
  patience: Patience;
};

// Runs whose examples a process keeps encoded at once; a run has about 300 kB of them.
const KEPT_RUNS = 4;
const openRuns = new WeakMap<Ports["db"], Map<number, Promise<OpenLabelRun>>>();

/**
 * How long an example that is not what it was is believed to stay so: the lanes that begin an image before the run has paused
 * by it do not ask the bucket again, and who puts the example back and resumes is believed.
 */
const REFUSAL_KEPT_MS = 2_000;

/**
 * Opens the label run of a job run. A process reads and encodes a run's examples once, not once an image; what is kept
 * never changes while the run lasts (a budget does, and is not kept).
 * @throws DomainError when an example is not what it was
 */
export function openLabelRun(ports: Ports, jobRunId: number): Promise<OpenLabelRun> {
  const runs = openRuns.get(ports.db) ?? new Map<number, Promise<OpenLabelRun>>();
  openRuns.set(ports.db, runs);
  const known = runs.get(jobRunId);
  if (known) return known;
  const opening = prepare(ports, jobRunId);
  opening.catch((error: unknown) => {
    const forget = () => runs.get(jobRunId) === opening && runs.delete(jobRunId);
    if (isKnownError(error, "DomainError")) setTimeout(forget, REFUSAL_KEPT_MS).unref();
    else forget();
  });
  runs.set(jobRunId, opening);
  const [oldest] = runs.keys();
  if (runs.size > KEPT_RUNS && oldest !== undefined) runs.delete(oldest);
  return opening;
}

async function prepare(ports: Ports, jobRunId: number): Promise<OpenLabelRun> {
  const row = await ports.db.labelRun.findUnique({ where: { jobRunId }, include: { promptVersion: true } });
  if (!row?.promptVersion) throw new DomainError("not-found", `Run ${jobRunId} has no label run with a prompt.`);
  return { ...(await openPrompt(ports, row.promptVersion)), id: row.id, patience: createPatience() };
}
