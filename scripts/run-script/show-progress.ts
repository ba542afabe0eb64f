import { readRun } from "../../app/features/job-runs/read-run.server.ts";
import type { Ports } from "../../app/ports/index.server.ts";

/** A bar on a terminal; nothing where nobody watches. */
export function showProgress(ports: Ports, runId: number) {
  const out = process.stderr;
  const draw = async () => {
    const run = await readRun(ports, runId);
    if (!run) return;
    const share = run.planned ? run.done / run.planned : 0;
    const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
    const eta = run.etaSeconds === null ? "" : ` · ${Math.ceil(run.etaSeconds)} s left`;
    const text = run.status === "planning" ? "planning…" : `${bar} ${run.done} of ${run.planned}${eta}`;
    out.write(`\r\u001b[2K${run.title} · ${text}${run.failed ? ` · ${run.failed} failed` : ""}`);
  };
  if (!out.isTTY) return { stop: async () => {} };
  const timer = setInterval(() => void draw().catch(() => {}), 250);
  return {
    stop: async () => {
      clearInterval(timer);
      await draw();
      out.write("\n");
    },
  };
}
