import { confidence } from "~/features/format";
import { visible } from "~/quote";
import type { MatrixCell } from "./matrix";
import type { ReviewFilter } from "./review-filter";

/** A label's value, or that there is none. */
export const oldWords = (old: string | null) => (old === null ? "no label" : visible(old));

/** “20s → 30s” */
export const changeWords = ({ old, new: to }: Pick<MatrixCell, "old" | "new">) => `${oldWords(old)} → ${visible(to)}`;

/** A filter in words, as the end of “3 proposals …”; "" for one that keeps everything. */
export function filterWords({ attribute, old, new: to, ...filter }: ReviewFilter): string {
  const isCell = old !== undefined && to !== undefined;
  return [
    attribute && `of ${attribute}`,
    isCell && changeWords({ old, new: to }),
    !isCell && old !== undefined && `from ${oldWords(old)}`,
    !isCell && to !== undefined && `to ${visible(to)}`,
    filter.min !== undefined && `with a confidence of at least ${confidence(filter.min)}`,
    filter.max !== undefined && `with a confidence of at most ${confidence(filter.max)}`,
    filter.folder && "that disagree with the folder",
    filter.person && "that disagree with a person's label",
    filter.decision && `that are ${filter.decision}`,
    filter.same === "only" && "that say what the label says",
  ]
    .filter(Boolean)
    .join(" ");
}
