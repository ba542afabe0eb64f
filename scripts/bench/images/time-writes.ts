import type { Ports } from "~/ports/index.server";

/** Of a write, in ms: from its first statement to its commit, how much of that a processor worked on it, and the commit. */
export type Hold = { ms: number; cpuMs: number; commitMs: number };

/**
 * Ports whose writes tell for how long they held the lock. A commit writes and syncs the log with the lock held; what it may
 * then copy into the database is in its ms too, but holds no lock.
 */
export function timeWrites(ports: Ports): { ports: Ports; holds: Hold[] } {
  const holds: Hold[] = [];
  const write: Ports["db"]["$write"] = async (work) => {
    let doneAt = 0;
    let hold = { ms: 0, cpuMs: 0 };
    const result = await ports.db.$write(async (tx) => {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      const worked = await work(tx);
      const { user, system } = process.cpuUsage(before);
      doneAt = performance.now();
      hold = { ms: doneAt - startedAt, cpuMs: (user + system) / 1_000 };
      return worked;
    });
    holds.push({ ...hold, commitMs: performance.now() - doneAt });
    return result;
  };
  const db = new Proxy(ports.db, {
    get: (target, name) => (name === "$write" ? write : Reflect.get(target, name, target)),
  });
  return { ports: { ...ports, db }, holds };
}
