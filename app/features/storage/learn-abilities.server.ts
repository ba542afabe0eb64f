import type { Ports } from "~/ports/index.server";
import { readAbilities } from "./read-abilities.server";

/**
 * Probes the store where nothing is known of it, so that pages can show what it does before anyone plans a change. Nothing
 * waits for it: a plan that needs to know finds out by itself.
 */
export async function learnAbilities(
  ports: Pick<Ports, "db" | "storage" | "clock" | "log">,
  signal: AbortSignal,
): Promise<void> {
  try {
    await readAbilities(ports, signal);
  } catch (error) {
    if (!signal.aborted) ports.log.warn({ err: error }, "the store could not be probed");
  }
}
