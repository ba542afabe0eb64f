import type { ItemResult } from "~/features/job-runs/kinds/handler";
import type { Ports } from "~/ports/index.server";
import { type EmbedTerms, readEmbedTerms } from "./embed-terms.server";
import { embedTogether, type Member } from "./embed-together.server";
import { createGathering, type Place } from "./gather";

/** Everything about a run that is the same for each of its images. */
type OpenEmbedRun = EmbedTerms & {
  /** A place in the next request, for an image whose picture is not there yet. */
  begin(): Place<Member, ItemResult>;
};

// Runs whose images wait for each other; others are forgotten, and opened again.
const KEPT_RUNS = 4;
const openRuns = new WeakMap<Ports["db"], Map<number, Promise<OpenEmbedRun>>>();

/**
 * Opens a run, once a process: its images share requests, whatever chunk they are of.
 * @throws as `readEmbedTerms`
 */
export function openEmbedRun(ports: Ports, runId: number): Promise<OpenEmbedRun> {
  const runs = openRuns.get(ports.db) ?? new Map<number, Promise<OpenEmbedRun>>();
  openRuns.set(ports.db, runs);
  const known = runs.get(runId);
  if (known) return known;
  const opening = open(ports, runId);
  opening.catch(() => runs.get(runId) === opening && runs.delete(runId));
  runs.set(runId, opening);
  const [oldest] = runs.keys();
  if (runs.size > KEPT_RUNS && oldest !== undefined) runs.delete(oldest);
  return opening;
}

async function open(ports: Ports, runId: number): Promise<OpenEmbedRun> {
  const terms = await readEmbedTerms(ports, runId);
  const { most } = terms.factsAt(ports.clock.now());
  const gathering = createGathering<Member, ItemResult>(most.images, (members) => embedTogether(terms, members));
  return { ...terms, begin: gathering.begin };
}
