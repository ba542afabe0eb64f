import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createBudget } from "./budget";

describe("createBudget", () => {
  /** Starts work of these costs at once; `end` lets one of them end. */
  async function startAll(total: number, costs: number[]) {
    const spend = createBudget(total);
    const running = new Set<number>();
    const ends: (() => void)[] = [];
    const all = costs.map((cost, at) =>
      spend(cost, async () => {
        running.add(at);
        await new Promise<void>((end) => {
          ends[at] = end;
        });
        running.delete(at);
      }),
    );
    await setImmediate();
    return {
      running: () => [...running],
      async end(at: number) {
        ends[at]?.();
        await all[at];
        await setImmediate();
      },
    };
  }

  test("runs at once what fits together, and the rest as room comes free", async () => {
    const { running, end } = await startAll(10, [4, 4, 4, 2]);
    expect(running()).toEqual([0, 1]);
    await end(1);
    expect(running()).toEqual([0, 2, 3]);
  });

  test("runs alone what costs more than there is", async () => {
    const { running, end } = await startAll(10, [1, 25, 1]);
    expect(running()).toEqual([0]);
    await end(0);
    expect(running()).toEqual([1]);
    await end(1);
    expect(running()).toEqual([2]);
  });

  test("never lets small work overtake big work that waits", async () => {
    const { running, end } = await startAll(10, [6, 6, 1, 1]);
    expect(running()).toEqual([0]);
    await end(0);
    expect(running()).toEqual([1, 2, 3]);
  });

  test("gives back what work that failed had taken", async () => {
    const spend = createBudget(10);
    await expect(spend(10, () => Promise.reject(new Error("damaged")))).rejects.toThrow("damaged");
    expect(await spend(10, async () => "next")).toBe("next");
  });
});
