import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { clockTime, count } from "~/features/format";

/** Items that ended in the `width` ms from `at` on, by outcome. */
export type Step = { at: Date; width: number; succeeded: number; failed: number; skipped: number };

const tick = { fill: "var(--muted)", fontSize: 12 };

/** Stacked bars, one for each step. Everything it says is in the table beside it as well. */
export function ThroughputChart({ steps }: { steps: Step[] }) {
  const data = steps.map(({ at, ...step }) => ({ ...step, at: clockTime(at) }));
  const bar = { stackId: "outcome", isAnimationActive: false, maxBarSize: 28 } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        accessibilityLayer={false}
        margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
        barCategoryGap={1}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="at" tick={tick} tickLine={false} axisLine={{ stroke: "var(--line-strong)" }} minTickGap={48} />
        <YAxis tick={tick} tickLine={false} axisLine={false} allowDecimals={false} tickFormatter={count} width={44} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          formatter={(value) => count(Number(value))}
          contentStyle={{
            background: "var(--surface)",
            border: "1px solid var(--line)",
            borderRadius: 6,
            fontSize: 12,
            boxShadow: "var(--shadow-float)",
          }}
          labelStyle={{ color: "var(--muted)" }}
        />
        <Bar dataKey="succeeded" fill="var(--accent)" {...bar} />
        <Bar dataKey="failed" fill="var(--bad)" {...bar} />
        <Bar dataKey="skipped" fill="var(--control)" {...bar} />
      </BarChart>
    </ResponsiveContainer>
  );
}
