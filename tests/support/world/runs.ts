import { onTestFinished } from "vitest";
import type { z } from "zod";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { undoRun } from "~/features/job-runs/commands/undo-run.server";
import { runWorker, workOnRun } from "~/features/job-runs/engine/worker.server";
import type { JobDefinition } from "~/features/job-runs/kinds/definition";
import type { JobHandler } from "~/features/job-runs/kinds/handler";
import { type Job, pair, requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { Ports } from "~/ports/index.server";

const script = { id: "script:test", name: "test" };
const never = new AbortController().signal;

/** A kind of the product's by its definition, or a job of the test's own. */
export type Kind<Payload> =
  | { kind: string; payload: z.ZodType<Payload> }
  | { definition: JobDefinition<string, Payload>; handler: JobHandler<Payload> };

/** How a worker of the test goes about a run: with other ports than the world's, as another job, or until told to stop. */
type Working = { as?: Ports; job?: Job; signal?: AbortSignal };

/**
 * The way of every run in a test, by the commands that people give and the engine that workers are. What plans, applies or
 * undoes a run has one worker carry it out in this process, as far as it goes, and answers with the run as it then is.
 */
export function runsOf(ports: Ports, actor = script) {
  const jobs = new Map<string, Job>(jobKinds);

  function definitionOf<Payload>(kind: Kind<Payload>): JobDefinition {
    if ("definition" in kind) jobs.set(kind.definition.kind, pair(kind.definition, kind.handler));
    return requireJob(jobs, "definition" in kind ? kind.definition.kind : kind.kind).definition;
  }

  /** Starts a run that no one works on yet. */
  async function start<Payload>(kind: Kind<Payload>, payload: Payload, options: { autoApply?: boolean } = {}) {
    const { runId } = await startRun(ports, definitionOf(kind), { payload, actor, ...options });
    return runId;
  }

  async function read(runId: number) {
    const run = await readRun(ports, runId);
    if (!run) throw new Error(`There is no run ${runId}`);
    return run;
  }

  /** A worker takes the run up and goes on until it is planned, paused, parked for long, or over. */
  async function work(runId: number, { as = ports, job, signal = never }: Working = {}) {
    const { kind } = await read(runId);
    await workOnRun(as, job ?? requireJob(jobs, kind), runId, signal);
    return read(runId);
  }

  async function plan<Payload>(kind: Kind<Payload>, payload: Payload) {
    return work(await start(kind, payload));
  }

  /** Applies a plan as it was read, its risk accepted. */
  async function apply({ id, planHash }: { id: number; planHash: string | null }, working?: Working) {
    await applyRun(ports, jobs, { runId: id, actor, planHash: planHash ?? "", acceptsRisk: true });
    return work(id, working);
  }

  async function planUndo(runId: number, working?: Working) {
    const undo = await undoRun(ports, jobs, { runId, actor });
    return work(undo.runId, working);
  }

  /** Plans the undo of a run, and applies it. */
  const undo = async (runId: number) => apply(await planUndo(runId));

  /** From start to end, as scheduled runs go; a plan that waits for a person because of a risk is applied, too. */
  async function carryOut<Payload>(kind: Kind<Payload>, payload: Payload) {
    const run = await work(await start(kind, payload, { autoApply: true }));
    return run.status === "planned" ? apply(run) : run;
  }

  /** Workers as of processes of their own, until `stop` (as a deployment would) or the end of the test. */
  function startWorkers(count = 1) {
    const end = new AbortController();
    const workers = Array.from({ length: count }, () => runWorker(ports, jobs, end.signal));
    const stop = async () => {
      end.abort();
      await Promise.all(workers);
    };
    onTestFinished(stop);
    return { stop };
  }

  return { start, read, work, plan, apply, planUndo, undo, carryOut, startWorkers };
}
