import { count, plural } from "~/features/format";
import { type ImageQuery, namesImages } from "~/features/images/query/image-query";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { countSelected, isEmpty, type Selection } from "./selection";

type Total = { count: number; isExact: boolean };

/** “12,431”, “10,000+” where no more were counted. */
const totalWords = (total: Total) => `${count(total.count)}${total.isExact ? "" : "+"}`;

/** What “select all” would select of a list: “all 12,431 images”, “all 84 matching”; null while they are counted. */
export const allWords = (query: ImageQuery, total: Total | null): string =>
  `all ${total ? `${totalWords(total)} ` : ""}${namesImages(query) && !query.all ? "matching" : "images"}`;

/**
 * A selection of images in words, and as actions take it. All of a list without a filter is every image, said so: a query
 * that names nothing selects nothing.
 * @returns null where nothing is selected
 */
export function describeSelection(
  selection: Selection<number>,
  { query, total }: { query: ImageQuery; total: Total | null },
): { words: string; what: string; images: ImageSelection } | null {
  if (isEmpty(selection)) return null;
  if (!selection.isAll) {
    const ids = [...selection.picked];
    return { words: `${count(ids.length)} selected`, what: plural(ids.length, "image"), images: { ids } };
  }
  const named: ImageQuery = namesImages(query) ? query : { all: true };
  const except = [...selection.except];
  const all = allWords(query, total);
  if (except.length === 0) {
    const what = all.endsWith("matching") ? `${all} images` : all;
    return { words: `${all.replace(/^a/, "A")} selected`, what, images: { query: named } };
  }
  const left = total?.isExact ? countSelected(selection, total.count) : null;
  const what = left === null ? `${all} but ${count(except.length)}` : plural(left, "image");
  const words = left === null ? `${what.replace(/^a/, "A")} selected` : `${count(left)} of ${all} selected`;
  return { words, what, images: { query: named, except } };
}
