import { LeaseLost } from "~/features/job-runs/engine/ledger/lease-lost";
import type { Db } from "~/ports/db.server";

/**
 * A database as a worker sees it that dies at some moment: what it has begun to write is written, and nothing more. Its
 * calls then never end, until `bury` lets what is left of it go.
 */
export function mortalDb(db: Db): { db: Db; kill(): void; bury(): void } {
  let isDead = false;
  let bury = () => {};
  const never = new Promise<never>((_, reject) => {
    bury = () => reject(new LeaseLost("This worker is dead"));
  });
  never.catch(() => undefined);
  const wrap = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(from, name) {
        const value: unknown = Reflect.get(from, name);
        if (typeof value === "function") return (...input: unknown[]) => (isDead ? never : value.apply(from, input));
        return typeof value === "object" && value !== null && typeof name === "string" && !name.startsWith("_")
          ? wrap(value)
          : value;
      },
    });
  return {
    db: wrap(db),
    kill: () => {
      isDead = true;
    },
    bury: () => bury(),
  };
}
