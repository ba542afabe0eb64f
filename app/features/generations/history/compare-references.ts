import type { RecordedGeneration, RecordedReference } from "./recorded-generation";

/** How a reference of one of some generations differs from theirs, in words; null: each of them had it, with the same bytes. */
export function compareReferences(
  reference: RecordedReference,
  own: Pick<RecordedGeneration, "id">,
  all: readonly Pick<RecordedGeneration, "id" | "references">[],
): string | null {
  const others = all.filter(({ id }) => id !== own.id);
  const alike = others.map(({ references }) => references.filter((other) => isSame(other, reference)));
  if (alike.every((found) => found.length === 0)) return "Only here";
  if (alike.some((found) => found.length === 0)) return "Not in all";
  return alike.every((found) => found.some(({ etag }) => etag === reference.etag))
    ? null
    : "With other bytes than elsewhere";
}

const isSame = (a: RecordedReference, b: RecordedReference) =>
  a.image && b.image ? a.image.id === b.image.id : a.key === b.key;
