import { type DrawRunView, readDrawRun } from "~/features/drawing/read-draw-run.server";
import { type DrawnPicture, readDrawnPictures } from "~/features/drawing/read-drawn-pictures.server";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import type { Ports } from "~/ports/index.server";

/** A run that draws, as the studio shows it beside the form. */
export type StudioRun = {
  run: RunDetails;
  cost: DrawRunView;
  drawn: DrawnPicture[];
  /** Pictures that were asked for and are none, each with its own reason, what to change and what was paid. */
  without: { seq: number; label: string; isFailed: boolean; why: string }[];
};

/** Null for a run that draws nothing. */
export async function readStudioRun(ports: Pick<Ports, "db" | "clock">, runId: number): Promise<StudioRun | null> {
  const [run, cost] = await Promise.all([readRun(ports, runId), readDrawRun(ports, runId)]);
  if (!run || !cost) return null;
  const [drawn, { items }] = await Promise.all([readDrawnPictures(ports, run), readItems(ports, { runId })]);
  const without = items.flatMap(({ seq, label, subject, outcome, error, reason }) => {
    const why = outcome === "failed" ? error : outcome === "skipped" ? reason : null;
    return why === null ? [] : [{ seq, label: label ?? subject, isFailed: outcome === "failed", why }];
  });
  return { run, cost, drawn, without };
}
