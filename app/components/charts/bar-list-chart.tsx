import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { tick, ticksFor, tooltipLook } from "./chart-look";

export type BarListProps = {
  bars: { label: string; value: number }[];
  /** What a bar is a number of, beside the pointer: “Size”. */
  what: string;
  /** How a value is written at the axis and beside the pointer. */
  write(value: number): string;
};

/** A bar for each of a few names, the first at the top. Everything it says is in the table beside it as well. */
export function BarListChart({ bars, what, write }: BarListProps) {
  const ticks = ticksFor(
    bars.map(({ value }) => value),
    write,
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={bars}
        layout="vertical"
        accessibilityLayer={false}
        margin={{ top: 0, right: 16, bottom: 0, left: 0 }}
      >
        <XAxis
          type="number"
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          tickFormatter={(value) => write(Number(value))}
          ticks={ticks}
          domain={[0, ticks.at(-1) ?? 1]}
        />
        <YAxis
          type="category"
          dataKey="label"
          tick={tick}
          tickLine={false}
          axisLine={false}
          width={112}
          interval={0}
          tickFormatter={shortened}
        />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          formatter={(value) => [write(Number(value)), what]}
          {...tooltipLook}
        />
        <Bar dataKey="value" fill="var(--accent)" isAnimationActive={false} maxBarSize={14} />
      </BarChart>
    </ResponsiveContainer>
  );
}

const LONGEST = 16;
const shortened = (label: string) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);
