import type { ReactNode, Ref } from "react";
import { cx } from "~/components/ui/cx";

export type Column<Row> = {
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, so that their digits line up. */
  align?: "end";
  /** The cell that names the row; it heads the card on a narrow screen. */
  isLead?: boolean;
  /** In px. Where one column has a width, the widths no longer follow what stands in the rows that are drawn. */
  width?: number;
};

/** The part of a long list that is drawn, between the room of what is not: see `useRows`. */
export type TableWindow<Row> = {
  /** Px above and below the rows. */
  above: number;
  below: number;
  /** Stands where the first row of the whole list begins. */
  top: Ref<HTMLTableSectionElement>;
  /** Told of each row that is drawn, which says by `data-index` which one it is. */
  measure(row: HTMLElement | null): void;
  rowOf(row: Row): number;
  /** What tells the row from others, and its class. */
  attributesOf(row: Row): { className: string; [data: `data-${string}`]: string | number };
};

type TableProps<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  window?: TableWindow<Row>;
};

/**
 * The one table. Rows are 36 px with a sticky header; narrower than 1,024 px it scrolls within itself, and below 640 px
 * each row becomes a card of a few lines: the lead with the column after it (the state, say), then the others.
 */
export function Table<Row>({ caption, columns, rows, rowKey, window: part }: TableProps<Row>) {
  const isFixed = columns.some(({ width }) => width !== undefined);
  return (
    <div className="max-lg:overflow-x-auto">
      <table className={cx("data-table", isFixed && "sm:table-fixed max-lg:min-w-[800px] max-sm:min-w-0")}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.header}
                scope="col"
                data-align={column.align}
                style={column.width === undefined ? undefined : { width: column.width }}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        {part && <Room height={part.above} columns={columns.length} top={part.top} />}
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              {...(part && { ref: part.measure, "data-index": part.rowOf(row), ...part.attributesOf(row) })}
            >
              {columns.map((column) => (
                <td
                  key={column.header}
                  data-label={column.header}
                  data-align={column.align}
                  data-lead={column.isLead || undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {part && <Room height={part.below} columns={columns.length} />}
      </table>
    </div>
  );
}

/** The room of rows that are not drawn. */
const Room = ({ height, columns, top }: { height: number; columns: number; top?: Ref<HTMLTableSectionElement> }) => (
  <tbody aria-hidden ref={top} className="data-table-room">
    <tr>
      <td colSpan={columns} style={{ height }} />
    </tr>
  </tbody>
);
