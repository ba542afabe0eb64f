import { z } from "zod";
import type { Ports } from "~/ports/index.server";

/** Of a write, in ms: from its first statement to its commit, how much of that a processor worked on it, and the commit. */
export type Hold = {
  ms: number;
  cpuMs: number;
  commitMs: number;
  /** Rows that it changed, by triggers and foreign keys, too. */
  rows: number;
  /** The file and line that wrote. */
  by: string;
};

type Db = Ports["db"];

/**
 * Ports whose writes tell for how long they held the lock and what they changed: `$write`, and single statements beside it.
 * A commit writes and syncs the log with the lock held; what it may then copy into the database is in its ms too, but holds
 * no lock. Rows are right for writes that come one after the other.
 */
export function timeWrites(ports: Ports): { ports: Ports; holds: Hold[] } {
  const { db } = ports;
  const holds: Hold[] = [];

  const write: Db["$write"] = async (work) => {
    const by = writer();
    let doneAt = 0;
    let hold = { ms: 0, cpuMs: 0, rows: 0 };
    const result = await db.$write(async (tx) => {
      const rowsBefore = await countChanges(tx);
      const end = startClock();
      const worked = await work(tx);
      hold = { ...end(), rows: (await countChanges(tx)) - rowsBefore };
      doneAt = performance.now();
      return worked;
    });
    holds.push({ ...hold, commitMs: performance.now() - doneAt, by });
    return result;
  };

  /** The same of one statement, which is its own transaction. */
  const timed =
    <Input extends unknown[], Result>(statement: (...input: Input) => Result) =>
    async (...input: Input) => {
      const by = writer();
      const rowsBefore = await countChanges(db);
      const end = startClock();
      const result = await statement(...input);
      const hold = end();
      const rows = (await countChanges(db)) - rowsBefore;
      if (rows > 0) holds.push({ ...hold, rows, commitMs: 0, by });
      return result;
    };

  const table = (delegate: object) =>
    new Proxy(delegate, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        const bound: (...input: unknown[]) => unknown = value.bind(target);
        return /^(create|update|delete|upsert)/.test(String(name)) ? timed(bound) : bound;
      },
    });

  const watched = new Proxy(db, {
    get(target, name) {
      if (name === "$write") return write;
      const value: unknown = Reflect.get(target, name, target);
      if (name === "$executeRaw") return timed(db.$executeRaw.bind(db));
      const isTable = typeof value === "object" && value !== null && "findMany" in value;
      return isTable ? table(value) : value;
    },
  });
  return { ports: { ...ports, db: watched }, holds };
}

function startClock() {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
  };
}

const counted = z.tuple([z.object({ changes: z.coerce.number() })]);

/** Rows that this connection has changed since it was opened. Reads no table, so that it may come before a write. */
const countChanges = async (db: Pick<Db, "$queryRaw">): Promise<number> =>
  counted.parse(await db.$queryRaw`SELECT total_changes() AS "changes"`)[0].changes;

/** Who calls: the nearest line of the product. */
function writer(): string {
  const line = new Error().stack?.split("\n").find((at) => /\/app\/features\//.test(at)) ?? "";
  return /app\/features\/[^:)]+:\d+/.exec(line)?.[0] ?? "elsewhere";
}
