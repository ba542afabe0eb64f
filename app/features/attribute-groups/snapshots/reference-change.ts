import { baseName } from "~/features/images/key-layout";
import { quote } from "~/quote";

type Reference = { key: string; etag: string };

/** “reference.png” (ETag 1f3a90cc): enough of an ETag to tell two apart. */
export const describeReference = ({ key, etag }: Reference) => `${quote(baseName(key))} (ETag ${etag.slice(0, 8)})`;

/** What became of a group's reference image, as a sentence. */
export function describeReferenceChange({
  before,
  after,
}: {
  before: Reference | null;
  after: Reference | null;
}): string {
  if (before && after)
    return `Its reference image was ${describeReference(before)} and is ${describeReference(after)} now.`;
  if (before) return `It lost its reference image ${describeReference(before)}.`;
  return after ? `${describeReference(after)} became its reference image.` : "It has no reference image.";
}
