import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useRef, useState } from "react";
import { useLayoutEffect } from "~/components/use-layout-effect";
import { endOf, type LoadedPages, type Stretch } from "./loaded-pages";

/** The first image of the row at the upper edge of what is seen, and how far below the window's edge it stands, in px. */
export type Place = { index: number; top: number };

/** Where what is seen begins, in px below the window's edge: under the top bar and, where it stays there, the list's own. */
export const upperEdge = () => (window.matchMedia("(min-width: 1024px)").matches ? 104 : 56);

type RowsInput = {
  list: LoadedPages;
  /** Where the first row begins: what stands above it may grow. */
  top: RefObject<HTMLElement>;
  /** Images a row; 0 until the list's width is known. */
  columns: number;
  /** A row's height in px: exact where rows are not measured, else a guess. */
  rowHeight: number;
  gap: number;
  /** Rows drawn beyond both edges of the window. */
  overscan: number;
  /** Where to begin, if not at the first row; kept up to date by `look`. */
  place: { current: Place | null };
};

/**
 * Which rows of a long list are drawn. They are numbered from the first image that was read, so that rows which come or go
 * above never move what is looked at (react-virtual's anchor).
 */
export function useRows({ list, top, columns, rowHeight, gap, overscan, place }: RowsInput) {
  const [margin, setMargin] = useState(0);
  const isReady = columns > 0;
  const firstRow = isReady ? Math.floor(list.start / columns) : 0;
  const count = isReady ? Math.ceil(endOf(list) / columns) - firstRow : 0;
  const rows = useWindowVirtualizer<HTMLElement>({
    count,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((row: number) => `${columns} ${firstRow + row}`, [columns, firstRow]),
    gap,
    overscan,
    scrollMargin: margin,
    anchorTo: "end",
    enabled: isReady,
  });

  // After each drawing, because anything above the list may have grown: whoever looks at its middle sees nothing of that.
  useLayoutEffect(() => {
    if (!top.current) return;
    const now = Math.round(top.current.getBoundingClientRect().top + window.scrollY);
    if (now === margin) return;
    setMargin(now);
    if (margin > 0 && place.current) window.scrollBy(0, now - margin);
  });

  const scrollTo = useCallback(
    ({ index, top: below }: Place) => {
      const start = rows.measurementsCache[Math.floor(index / columns) - firstRow]?.start;
      if (start === undefined) return;
      window.scrollTo(0, start - below);
      missing.current = Math.min(0, start - below);
    },
    [rows, columns, firstRow],
  );
  // A row that stood far down had others above it: it cannot go there before they are read.
  const missing = useRef(0);
  useLayoutEffect(() => {
    if (missing.current === 0 || list.start >= 0) return;
    const by = missing.current;
    missing.current = 0;
    queueMicrotask(() => window.scrollBy(0, by));
  }, [list.start]);

  // Other columns, or another height: what was at the upper edge stays there.
  const shape = `${columns} ${rowHeight}`;
  const drawnShape = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (!isReady || drawnShape.current === shape) return;
    if (drawnShape.current !== null) rows.measure();
    drawnShape.current = shape;
    const { current } = place;
    // After the router, which scrolls in an effect of its own, and before anything is painted.
    if (current) queueMicrotask(() => scrollTo(current));
  }, [isReady, shape, rows, place, scrollTo]);

  const look = useCallback(() => {
    const { scrollY } = window;
    const from = scrollY + upperEdge() - gap;
    const at = rows.getVirtualItemForOffset(from);
    const row = at && at.start < from ? rows.measurementsCache[at.index + 1] : at;
    place.current =
      !row || (row.index === 0 && list.before === null)
        ? null
        : { index: Math.max(list.start, (firstRow + row.index) * columns), top: row.start - scrollY };
  }, [rows, place, list, firstRow, columns, gap]);

  const items = rows.getVirtualItems();
  const [first, last] = [items.at(0), items.at(-1)];
  const toIndex = (row: number) => (firstRow + row) * columns;
  const drawn: Stretch | null =
    first && last
      ? { from: Math.max(list.start, toIndex(first.index)), to: Math.min(endOf(list), toIndex(last.index + 1)) }
      : null;
  return {
    /** Null until it is known what is seen: then the first page is drawn as it came. */
    drawn,
    above: first ? first.start - margin : 0,
    below: last ? Math.max(0, rows.getTotalSize() - (last.end - margin)) : 0,
    measure: rows.measureElement,
    rowOf: (index: number) => Math.floor(index / columns) - firstRow,
    bring: (index: number) => rows.scrollToIndex(Math.floor(index / columns) - firstRow, { align: "center" }),
    look,
  };
}
