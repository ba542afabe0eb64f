import { changeWords } from "~/components/groups/change-words";
import { TextLink } from "~/components/ui/text-link";
import type { ChangeCounts } from "~/features/attribute-groups/snapshots/snapshot-changes";

/** What the last audit that found a change found, in a line that leads to the comparison. */
export function LastChanges({ root, changes }: { root: string; changes: ChangeCounts | null }) {
  const words = changes ? changeWords(changes) : [];
  if (words.length === 0) return null;
  return (
    <p className="text-sm text-muted tabular-nums max-sm:flex max-sm:flex-col max-sm:items-start">
      Since the previous audit: {words.join(", ")}{" "}
      <TextLink to={`?${new URLSearchParams({ root, view: "changes" })}`} className="sm:ml-1">
        Compare
      </TextLink>
    </p>
  );
}
