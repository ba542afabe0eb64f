import { setTimeout as sleep } from "node:timers/promises";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import type { Ports } from "~/ports/index.server";

/**
 * A run once it has come to a status.
 * @throws Error when it fails, or is paused, instead
 */
export async function waitForRun(ports: Ports, runId: number, status: RunDetails["status"]): Promise<RunDetails> {
  for (;;) {
    const run = await readRun(ports, runId);
    if (run?.status === status) return run;
    if (run?.status === "failed" || run?.status === "paused") throw new Error(run.error ?? run.pauseReason ?? "failed");
    await sleep(50);
  }
}
