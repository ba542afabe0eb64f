import type { Env } from "~/ports/env.server";
import { createPorts, type Ports } from "~/ports/index.server";

/** Does a script's work with the live ports, which log only what is wrong with the process, and closes them. */
export async function withPorts<Result>(env: Env, work: (ports: Ports) => Promise<Result>): Promise<Result> {
  // Nothing but work waits for a script, so it may wait for the lock a little longer than the web does.
  const ports = await createPorts({ ...env, LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
  try {
    return await work(ports);
  } finally {
    await ports.db.$disconnect();
  }
}
