import { attributeWords } from "~/features/attribute-words";
import { confidence, listOf } from "~/features/format";
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
    attribute && `of ${attributeWords(attribute)}`,
    isCell && changeWords({ old, new: to }),
    !isCell && old !== undefined && `from ${oldWords(old)}`,
    !isCell && to !== undefined && `to ${visible(to)}`,
    boundWords(filter),
    listOf(
      [
        filter.folder && "disagree with the folder",
        filter.person && "disagree with a person's label",
        filter.decision && `are ${filter.decision}`,
        filter.same === "only" && "say what the label says",
      ].flatMap((words) => (words ? [words] : [])),
    ).replace(/^(?=.)/, "that "),
  ]
    .filter(Boolean)
    .join(" ");
}

function boundWords({ min, max }: Pick<ReviewFilter, "min" | "max">): string {
  if (min === undefined && max === undefined) return "";
  if (max === undefined) return `with a confidence of at least ${confidence(min ?? 0)}`;
  if (min === undefined) return `with a confidence of at most ${confidence(max)}`;
  return `with a confidence from ${confidence(min)} to ${confidence(max)}`;
}
