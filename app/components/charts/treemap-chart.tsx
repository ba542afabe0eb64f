import { ResponsiveContainer, Tooltip, Treemap, type TreemapNode } from "recharts";
import { tooltipLook } from "./chart-look";

export type TreemapProps = {
  /** The areas, each cut into its parts. */
  areas: { label: string; parts: { label: string; value: number }[] }[];
  /** How a value is written beside the pointer. */
  write(value: number): string;
};

/** Areas as large as what they stand for. Everything it says is in the table beside it as well. */
export function TreemapChart({ areas, write }: TreemapProps) {
  const data = areas.map(({ label, parts }) => ({
    name: label,
    children: parts.map((part) => ({ name: part.label, within: label, value: part.value })),
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Treemap data={data} dataKey="value" nameKey="name" isAnimationActive={false} content={Tile}>
        <Tooltip formatter={(value, name) => [write(Number(value)), name]} {...tooltipLook} />
      </Treemap>
    </ResponsiveContainer>
  );
}

/** Below this a name has no room. */
const ROOM = { width: 48, height: 18 };
/** Of the tile's text, on average. */
const CHARACTER = 7;

/** Areas are told apart by their edges and by how strong their color is, the largest most. */
function Tile({ x, y, width, height, depth, index, name, root }: TreemapNode & { root?: { index?: number } }) {
  if (depth === 0) return <g />;
  if (depth === 1) {
    return <rect {...{ x, y, width, height }} fill="none" stroke="var(--surface)" strokeWidth={4} />;
  }
  const strength = Math.max(12, 44 - 6 * (root?.index ?? index ?? 0));
  const letters = Math.floor((width - 8) / CHARACTER);
  return (
    <g>
      <rect
        {...{ x, y, width, height }}
        fill={`color-mix(in srgb, var(--accent) ${strength}%, var(--surface))`}
        stroke="var(--surface)"
      />
      {width > ROOM.width && height > ROOM.height && (
        <text x={x + 4} y={y + 14} fill="var(--ink)" stroke="none" fontSize={12}>
          {name.length > letters ? `${name.slice(0, Math.max(1, letters - 1))}…` : name}
        </text>
      )}
    </g>
  );
}
