import { CartesianGrid, Line, LineChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { exactTime } from "~/features/format";
import { tick, ticksFor, tooltipLook } from "./chart-look";

/** A number over time, with stretches that are colored by how well it was. */
export type ValueChartProps = {
  points: { at: Date; value: number | null }[];
  /** Stretches behind the line; `fill` is a color of the page. */
  bands: { from: Date; to: Date; fill: string }[];
  from: Date;
  to: Date;
  /** How a value is written at the axis and beside the pointer. */
  write(value: number): string;
  /** “12:00” or “20 Nov”, for the axis. */
  writeTime(at: Date): string;
};

/** A line over time. Everything it says is in the table beside it as well. */
export function ValueChart({ points, bands, from, to, write, writeTime }: ValueChartProps) {
  const data = points.map(({ at, value }) => ({ at: at.getTime(), value }));
  const ticks = ticksFor(
    points.flatMap(({ value }) => (value === null ? [] : [value])),
    write,
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={data} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        {bands.map((band) => (
          <ReferenceArea
            key={band.from.getTime()}
            x1={band.from.getTime()}
            x2={band.to.getTime()}
            fill={band.fill}
            fillOpacity={0.16}
            ifOverflow="hidden"
          />
        ))}
        <XAxis
          dataKey="at"
          type="number"
          domain={[from.getTime(), to.getTime()]}
          tickFormatter={(at) => writeTime(new Date(Number(at)))}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={48}
          tickCount={5}
        />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value) => write(Number(value))}
          width={72}
          ticks={ticks}
          domain={[0, ticks.at(-1) ?? 1]}
        />
        <Tooltip
          labelFormatter={(at) => exactTime(new Date(Number(at)))}
          formatter={(value) => [write(Number(value))]}
          {...tooltipLook}
        />
        <Line
          dataKey="value"
          type="linear"
          stroke="var(--accent)"
          strokeWidth={1.5}
          dot={data.length === 1}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
