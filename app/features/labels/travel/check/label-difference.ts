import { z } from "zod";
import { count, plural } from "~/features/format";

/** How labels/personas.json and the database differ: numbers of labels, and the first of them as sentences. */
export const labelDifference = z.object({
  /** Labels that are in both, whether they say the same or not, and those that one of the two does not have. */
  inBoth: z.number(),
  onlyHere: z.number(),
  onlyInFile: z.number(),
  /** Of `onlyInFile`: their image is not in the index, so an import leaves them out. */
  unknown: z.number(),
  otherValue: z.number(),
  /** The same value, accepted for other bytes. */
  otherBytes: z.number(),
  /** The same value for the same bytes, but who accepted it, when, or by which prompt is told otherwise. */
  otherOrigin: z.number(),
  /** Lines of the file that cannot be read, come twice or are out of order. */
  unread: z.number(),
  first: z.array(z.string()),
});
export type LabelDifference = z.infer<typeof labelDifference>;

export const isSame = (difference: LabelDifference): boolean => sumOf(difference) === 0;

const sumOf = ({ onlyHere, onlyInFile, otherValue, otherBytes, otherOrigin, unread }: LabelDifference) =>
  onlyHere + onlyInFile + otherValue + otherBytes + otherOrigin + unread;

/** Labels that an import of the file would bring or change, as far as it can be told without its plan. */
export const countToImport = ({ onlyInFile, unknown, otherValue, otherBytes }: LabelDifference): number =>
  onlyInFile - unknown + otherValue + otherBytes;

/** What differs, as the parts of a sentence: “2 labels only in the file”. */
export function differenceWords(difference: LabelDifference): string[] {
  const { onlyHere, onlyInFile, unknown, otherValue, otherBytes, otherOrigin, unread } = difference;
  const part = (n: number, words: string, one = "label") => (n === 0 ? [] : [`${plural(n, one)} ${words}`]);
  const some = unknown === onlyInFile ? "" : `${count(unknown)} of them `;
  const notIndexed = unknown === 0 ? "" : `, ${some}for images that are not indexed here`;
  return [
    ...part(onlyHere, "only in the database"),
    ...part(onlyInFile, `only in the file${notIndexed}`),
    ...part(otherValue, "with another value"),
    ...part(otherBytes, "accepted for other bytes"),
    ...part(otherOrigin, "with another origin"),
    ...part(unread, "of the file that cannot be compared", "line"),
  ];
}
