import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { clockTime, count } from "~/features/format";
import { tick, tooltipLook } from "./chart-look";

/** A kind of what is counted, with its color as a bar and as a swatch beside its name. */
export type Series<Name extends string> = { name: Name; label: string; fill: string; swatch: string };

/** Counts of the `width` ms from `at` on, by kind. */
export type Step<Name extends string> = { at: Date; width: number } & Record<Name, number>;

export type StackedProps<Name extends string> = { steps: Step<Name>[]; series: readonly Series<Name>[] };

/** Stacked bars, one for each step. Everything it says is in the table beside it as well. */
export function StackedChart<Name extends string>({ steps, series }: StackedProps<Name>) {
  const data = steps.map((step) => ({ ...step, at: clockTime(step.at) }));
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
        <Tooltip cursor={{ fill: "var(--hover)" }} formatter={(value) => count(Number(value))} {...tooltipLook} />
        {series.map(({ name, label, fill }) => (
          <Bar key={name} dataKey={name} name={label} fill={fill} {...bar} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
