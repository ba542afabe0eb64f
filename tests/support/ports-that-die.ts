import type { Ports } from "~/ports/index.server";

export class Died extends Error {}

type Death = { nth: number; when: "before" | "after" };

/** Every moment to die in so many calls. */
export const deathsIn = (steps: number): Death[] =>
  Array.from({ length: steps }, (_, n) => n + 1).flatMap((nth) =>
    (["before", "after"] as const).map((when) => ({ nth, when })),
  );

/** Ports whose process dies at its nth call that matters, before or after that call has done its work. */
export function portsThatDie(ports: Ports, { nth, when }: Death): Ports & { isDead(): boolean } {
  let calls = 0;
  const counted = <T extends object>(target: T, names: string[]): T =>
    new Proxy(target, {
      get(from, name) {
        const value: unknown = Reflect.get(from, name);
        if (typeof value !== "function" || !names.includes(String(name))) return value;
        return async (...args: unknown[]) => {
          calls += 1;
          const isLast = calls === nth;
          if (calls > nth || (isLast && when === "before")) throw new Died();
          const result = await value.apply(from, args);
          if (isLast || calls > nth) throw new Died();
          return result;
        };
      },
    });
  const storage = counted(ports.storage, ["get", "head", "put", "copy", "delete", "versions"]);
  const journal = counted(ports.db.objectMove, ["findUnique", "update"]);
  const db = counted(
    new Proxy(ports.db, { get: (from, name) => (name === "objectMove" ? journal : Reflect.get(from, name)) }),
    ["$write"],
  );
  return { ...ports, storage, db, isDead: () => calls >= nth };
}
