import type { Ports } from "~/ports/index.server";

/** The same ports for what belongs to one run: each line that is logged through them names it. */
export const logOfRun = (ports: Ports, { runId, seq }: { runId: number; seq?: number }): Ports => ({
  ...ports,
  log: ports.log.child({ runId, ...(seq !== undefined && { chunk: seq }) }),
});
