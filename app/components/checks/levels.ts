import type { Tone } from "~/components/ui/status";
import type { Level } from "~/features/monitoring/check";
import type { Point } from "~/features/monitoring/views/check-view";

export const toneOf: Record<Level, Tone> = { ok: "good", warn: "warn", bad: "bad", unknown: "idle" };

const fills: Record<Level, string | null> = {
  ok: null,
  warn: "var(--warn)",
  bad: "var(--bad)",
  unknown: "var(--line-strong)",
};

/** Stretches of a chart in which a check did not find all well, each up to the next measurement that says otherwise. */
export function bandsOf(points: Point[], end: Date): { from: Date; to: Date; fill: string }[] {
  const bands: { from: Date; to: Date; fill: string }[] = [];
  points.forEach(({ at, level }, index) => {
    const fill = fills[level];
    if (fill === null) return;
    const to = points[index + 1]?.at ?? end;
    const last = bands.at(-1);
    if (last && last.fill === fill && last.to.getTime() === at.getTime()) last.to = to;
    else bands.push({ from: at, to, fill });
  });
  return bands;
}
