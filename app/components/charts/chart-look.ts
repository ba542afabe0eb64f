/** How charts look, from the page's own variables. */
export const tick = { fill: "var(--muted)", fontSize: 12 };

export const tooltipLook = {
  isAnimationActive: false,
  contentStyle: {
    background: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: 6,
    fontSize: 12,
    boxShadow: "var(--shadow-float)",
  },
  labelStyle: { color: "var(--muted)" },
} as const;

/** Ticks of an axis that begins at 0: about this many steps. */
const STEPS = 3;

/**
 * Round ticks from 0 to what is not less than any value, in steps so large that no two are written alike: two that read
 * “0.1 s” would say that the line does not rise.
 */
export function ticksFor(values: readonly number[], write: (value: number) => string): number[] {
  const top = Math.max(0, ...values);
  const least = (top === 0 ? 1 : top) / STEPS;
  for (let power = Math.floor(Math.log10(least)); ; power += 1) {
    for (const round of [1, 2, 5]) {
      const step = round * 10 ** power;
      if (step < least) continue;
      const ticks = Array.from({ length: Math.ceil(top / step) + 1 }, (_, n) => n * step);
      if (ticks.length === 1) ticks.push(step);
      if (new Set(ticks.map(write)).size === ticks.length) return ticks;
    }
  }
}
