import { PICTURE_SIZES } from "~/web/image-list";

/** How large pictures are drawn: the least width of a column in px, by the step of the slider. */
const WIDTHS = [96, 120, 144, 184, 240] as const satisfies { length: typeof PICTURE_SIZES };

export const GAP = 8;
/** Two lines of text and what stands between them and the picture. */
const TEXT = 36;
/** Pictures in the page at most, however large the window; some 20 more belong to what floats above the list. */
const PICTURES = 130;
export const MIDDLE = 3;
export const STEPS = PICTURE_SIZES;

/** The step that an address states (`parseImageList` refuses others than there are); the middle one where it states none. */
export const densityOf = (params: URLSearchParams): number => Number(params.get("size") ?? MIDDLE);

/** As CSS alone draws it, before the list's width is known: the same columns. */
export const columnsInCss = (step: number) => `repeat(auto-fill, minmax(min(100%, ${widthOf(step)}px), 1fr))`;

const widthOf = (step: number): number => WIDTHS.at(step - 1) ?? 144;

export type GridShape = { columns: number; rowHeight: number; overscan: number };

/**
 * Columns and height of a row for a list of some width in a window of some height; fewer and larger columns than asked for
 * where a huge window would otherwise hold too many pictures.
 */
export function gridShape(step: number, { width, height }: { width: number; height: number }): GridShape {
  let columns = Math.max(1, Math.floor((width + GAP) / (widthOf(step) + GAP)));
  for (; ; columns -= 1) {
    const rowHeight = Math.floor((width - GAP * (columns - 1)) / columns) + TEXT;
    // A row can be cut at both edges; one more is drawn beyond each.
    const inWindow = Math.ceil(height / (rowHeight + GAP)) + 1;
    const spare = Math.floor((PICTURES / columns - inWindow) / 2);
    if (spare >= 1 || columns === 1) return { columns, rowHeight, overscan: Math.min(4, Math.max(1, spare)) };
  }
}
