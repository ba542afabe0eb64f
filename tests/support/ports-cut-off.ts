import type { Ports } from "~/ports/index.server";
import { createLog } from "~/ports/log.server";

class CutOff extends Error {}

/**
 * Ports of a process that the power is cut off from at one of its steps: calls to the bucket, to a model, and transactions.
 * From then on each of its calls fails, also one that reads the database.
 * @param isLast is asked before each step, the first being 1; true: that step is not taken any more
 */
export function portsCutOff(live: Ports, isLast: (step: number) => boolean) {
  let steps = 0;
  const cut = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  /** `isStep`: whether its methods count. What stands below it (db.image) is cut off with it. */
  function gate<Target extends object>(target: Target, isStep: (name: string) => boolean): Target {
    return new Proxy(target, {
      get(from, name) {
        const value: unknown = Reflect.get(from, name);
        if (typeof value === "object" && value !== null) return gate(value, () => false);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (isStep(String(name)) && !cut.signal.aborted) {
            steps += 1;
            if (isLast(steps)) cut.abort();
          }
          if (cut.signal.aborted) return Promise.reject(new CutOff());
          return isStep(String(name)) ? follow(value.apply(from, args)) : value.apply(from, args);
        };
      },
    });
  }

  async function follow(call: Promise<unknown>): Promise<unknown> {
    underWay.add(call);
    const result = await call.finally(() => underWay.delete(call));
    if (cut.signal.aborted) throw new CutOff();
    return result;
  }

  const calls = ["get", "head", "put", "putStream", "copy", "delete", "versions"];
  return {
    ports: {
      ...live,
      log: createLog("silent"),
      storage: gate(live.storage, (name) => calls.includes(name)),
      model: gate(live.model, (name) => name === "label"),
      db: gate(live.db, (name) => name === "$write"),
    },
    steps: () => steps,
    /** Aborted once the power is off. */
    off: cut.signal,
    /** Waits for the calls that were under way: what was sent arrives. */
    async settle() {
      await Promise.allSettled([...underWay]);
    },
  };
}
