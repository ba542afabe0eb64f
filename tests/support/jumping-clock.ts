import type { Clock } from "~/ports/clock.server";
import type { Random } from "./random";

const YEAR_S = 365 * 24 * 60 * 60;

/**
 * A clock that people keep setting: whenever it is looked at, which is the only way by which a time gets into a statement, in
 * one of five cases it is off by another ±1 s to 1 year than before, until it is `setRight`.
 */
export function jumpingClock({ below, once }: Random): Clock & {
  /** Lets the right time go on. */
  pass(ms: number): void;
  setRight(): void;
  right(): Date;
  jumps(): number;
} {
  let right = Date.UTC(2026, 10, 29, 12);
  let offMs = 0;
  let isRight = false;
  let jumps = 0;
  return {
    now() {
      if (!isRight && once(5)) {
        // As many of seconds as of months.
        offMs = once(4) ? 0 : Math.round((once(2) ? 1 : -1) * 1_000 * YEAR_S ** (below(1_001) / 1_000));
        jumps += 1;
      }
      return new Date(right + offMs);
    },
    pass: (ms) => {
      right += ms;
    },
    setRight: () => {
      offMs = 0;
      isRight = true;
    },
    right: () => new Date(right),
    jumps: () => jumps,
  };
}
