import { monitorEventLoopDelay } from "node:perf_hooks";

/** How long something takes in ms, and the longest piece of it in which the process did nothing else. */
export async function timePieces(work: () => Promise<unknown>): Promise<{ ms: number; pieceMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  // What came last is seen by the next turn of the timer.
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return { ms, pieceMs: Math.round(delay.max / 1e6) };
}
