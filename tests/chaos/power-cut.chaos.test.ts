import { expect, test } from "vitest";
import { randomOf } from "../support/random";
import { cutTwice } from "./power-cut";
import { powerCutCases } from "./power-cut-cases";

const STEP_SEEDS = 20;
const KILL_SEEDS = 4;

const ways = [
  { how: "step", seeds: STEP_SEEDS },
  { how: "kill", seeds: KILL_SEEDS },
] as const;

test.each(Object.keys(powerCutCases).flatMap((kind) => ways.map((way) => ({ kind, ...way }))))(
  "$kind and its undo outlive $seeds power cuts each (by $how)",
  async ({ kind, how, seeds }) => {
    let [calls, forgotten] = [0, 0];
    for (let seed = 1; seed <= seeds; seed++) {
      const asked = await cutTwice(kind, randomOf(seed), how).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      calls += asked?.total ?? 0;
      forgotten += asked?.forgotten ?? 0;
    }
    expect(forgotten).toBeLessThanOrEqual(calls / 2);
    const asked = calls > 0 ? `; ${calls} calls to the model, ${forgotten} of them made and forgotten` : "";
    console.log(`${kind}, by ${how}: ${seeds} seeds, 0 objects lost, 0 rows astray${asked}`);
  },
);
