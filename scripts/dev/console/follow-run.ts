import { setTimeout as sleep } from "node:timers/promises";
import { isFinished } from "~/features/job-runs/status";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import type { Ports } from "~/ports/index.server";
import { Refusal } from "./ports";

const POLL_MS = 150;

/**
 * Waits for a run that a worker carries out, until it is finished or, if it does not apply itself, planned. Shows it on
 * stderr: a bar on a terminal, one line at the end elsewhere.
 * @throws Refusal when the run could not go on, or paused
 */
export async function followRun(ports: Ports, runId: number): Promise<RunDetails> {
  const out = process.stderr;
  for (;;) {
    const run = await readRun(ports, runId);
    if (!run) throw new Refusal(`Run ${runId} is gone from the database.`);
    const isOver = isFinished(run.status) || (run.status === "planned" && !run.autoApply);
    if (out.isTTY) out.write(`\r\u001b[2K${describe(run)}`);
    if (run.status === "paused")
      throw new Refusal(`${run.title} is paused: ${run.pauseReason ?? "someone paused it."}`);
    if (isOver) {
      out.write(out.isTTY ? "\n" : `${describe(run)}\n`);
      if (run.status === "failed") throw new Refusal(`${run.title} stopped with an error: ${run.error}`);
      return run;
    }
    await sleep(POLL_MS);
  }
}

function describe(run: RunDetails): string {
  const title = run.title.padEnd(24);
  if (run.status === "planning") return `${title} planning`;
  if (run.status === "planned") return `${title} ${run.planned} planned`;
  const share = run.planned === 0 ? 1 : run.done / run.planned;
  const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
  const notes = [
    `${run.done} of ${run.planned}`,
    ...(run.failed ? [`${run.failed} failed`] : []),
    ...(run.skipped ? [`${run.skipped} skipped`] : []),
    ...(run.etaSeconds === null ? [] : [`${Math.ceil(run.etaSeconds)} s left`]),
  ];
  return `${title} ${bar} ${notes.join(" · ")}`;
}
