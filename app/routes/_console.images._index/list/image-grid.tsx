import { type ReactNode, useRef } from "react";
import type { DrawnCard as Image } from "~/features/images/browse/with-placeholders.server";
import { columnsInCss, GAP, gridShape } from "./density";
import { CardSkeleton, ImageCard, type Opening } from "./image-card";
import { entriesOf } from "./loaded-pages";
import { MoveOn } from "./next-pages";
import { type ListViewInput, useListView } from "./use-list-view";
import { useRows } from "./use-rows";
import { useSize } from "./use-size";

export type ListViewProps = ListViewInput & {
  opening: Opening;
  /** What stands over the corner of an image's card, or before its row. */
  corner?: ((image: Image) => ReactNode) | undefined;
};

/** The images as pictures, each with two lines of text. */
export function ImageGrid({ size, ...props }: ListViewProps & { size: number }) {
  const { list, place, opening, corner } = props;
  const grid = useRef<HTMLUListElement>(null);
  const measured = useSize(grid);
  const shape = measured && gridShape(size, measured);
  const rows = useRows({
    list,
    top: grid,
    place,
    gap: GAP,
    ...(shape ?? { columns: 0, rowHeight: 0, overscan: 1 }),
  });
  const { drawn, above, below } = rows;
  const steps = useListView(props, grid, rows);
  const entries = entriesOf(list, drawn ?? { from: 0, to: 60 });
  const first = entries[0]?.index ?? 0;
  const column = shape && drawn ? (((first % shape.columns) + shape.columns) % shape.columns) + 1 : 1;
  return (
    <>
      {drawn && <MoveOn {...steps} />}
      <ul
        ref={grid}
        data-windowed={drawn !== null}
        className="grid [overflow-anchor:none]"
        style={{
          gap: GAP,
          gridTemplateColumns: shape ? `repeat(${shape.columns}, minmax(0, 1fr))` : columnsInCss(size),
          ...(shape && { gridAutoRows: shape.rowHeight }),
          ...(drawn && { paddingTop: above, paddingBottom: below }),
        }}
      >
        {entries.map(({ id, index, card }) => (
          <li
            key={id}
            data-image-index={index}
            className="min-w-0"
            style={index === first && column > 1 ? { gridColumnStart: column } : undefined}
          >
            {card ? <ImageCard image={card} opening={opening} corner={corner?.(card)} /> : <CardSkeleton />}
          </li>
        ))}
      </ul>
    </>
  );
}
