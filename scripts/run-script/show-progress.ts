import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import { standstillWords } from "~/features/job-runs/views/standstill";
import type { Ports } from "~/ports/index.server";
import { visible } from "~/quote";

const DRAW_MS = 250;
const LOOK_MS = 2_000;

/** A bar on a terminal; elsewhere only a line for each new thing that the run waits for. */
export function showProgress(ports: Ports, runId: number) {
  const out = process.stderr;
  let said: string | null = null;
  const draw = (run: RunDetails) => out.write(`\r\u001b[2K${visible(barOf(run))}`);
  const say = (run: RunDetails) => {
    const words = waitsOf(run);
    if (words !== null && words !== said) out.write(`Waiting: ${visible(words)}\n`);
    said = words;
  };
  const look = async () => {
    const run = await readRun(ports, runId);
    if (run) (out.isTTY ? draw : say)(run);
  };
  const timer = setInterval(() => void look().catch(() => {}), out.isTTY ? DRAW_MS : LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      if (!out.isTTY) return;
      await look();
      out.write("\n");
    },
  };
}

/** What a run under way waits for; why one is paused is said at the end. */
const waitsOf = (run: RunDetails) => (run.status === "paused" ? null : standstillWords(run));

function barOf(run: RunDetails): string {
  if (run.status === "planning") return `${run.title} · planning…`;
  const share = run.planned ? run.done / run.planned : 0;
  const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
  const waits = waitsOf(run);
  const notes = [
    `${run.title} · ${bar} ${run.done} of ${run.planned}`,
    run.etaSeconds === null ? null : `${Math.ceil(run.etaSeconds)} s left`,
    run.failed ? `${run.failed} failed` : null,
    waits === null ? null : `waiting: ${waits}`,
  ];
  return notes.filter((note) => note !== null).join(" · ");
}
