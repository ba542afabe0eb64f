import { SearchX, Sparkles } from "lucide-react";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";

/** What stands in the place of images, and the way on. */
export const NothingFound = ({ isAsked, isNarrowed }: { isAsked: boolean; isNarrowed: boolean }) => (
  <Panel isPadded={false}>
    {isAsked ? (
      <EmptyState icon={SearchX} title="No image has any of these words">
        <p>{isNarrowed ? "Remove a filter, or search for other words." : "Search for other words."}</p>
      </EmptyState>
    ) : (
      <EmptyState icon={Sparkles} title="Say what you are looking for">
        <p>
          Images that have all of your words come first, then those that have the rarer ones. Words are looked for in
          keys, prompts, owners and labels.
        </p>
      </EmptyState>
    )}
  </Panel>
);
