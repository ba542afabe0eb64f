import type { ChangeCounts } from "~/features/attribute-groups/snapshots/snapshot-changes";
import { plural } from "~/features/format";

/** What changed between two audits, the weightiest first: “2 groups renamed”, “3 objects added”. */
export function changeWords(counts: ChangeCounts): string[] {
  const parts: [count: number, noun: string, verb: string][] = [
    [counts.references, "reference image", "changed"],
    [counts.renamed, "group", "renamed"],
    [counts.added, "group", "added"],
    [counts.removed, "group", "removed"],
    [counts.moved, "object", "moved"],
    [counts.objectsAdded, "object", "added"],
    [counts.objectsRemoved, "object", "removed"],
    [counts.objectsReplaced, "object", "replaced"],
  ];
  return parts.filter(([count]) => count > 0).map(([count, noun, verb]) => `${plural(count, noun)} ${verb}`);
}
