import { SearchX, Sparkles } from "lucide-react";
import { EmptyState } from "~/components/ui/empty-state";
import { Panel } from "~/components/ui/panel";
import type { ImageSearch } from "~/features/image-search/image-search";

/** What stands in the place of images, and the way on. */
export const NothingFound = ({ search: { find, like, picture, query } }: { search: ImageSearch }) => (
  <Panel isPadded={false}>
    {find === null && like === null && picture === null ? (
      <EmptyState icon={Sparkles} title="Say what you are looking for">
        <p>
          Images that have all of your words come first, then those that have the rarer ones. Words are looked for in
          keys, prompts, owners and labels. To find images that look like one, open it and choose “More like this”. A
          picture of your own can be dropped here, or pasted.
        </p>
      </EmptyState>
    ) : (
      <EmptyState icon={SearchX} title={find === null ? "No image was found" : "No image has any of these words"}>
        <p>
          {Object.keys(query).length > 0 ? "Remove a filter, or search" : "Search"}{" "}
          {find === null ? "by words." : "for other words."}
        </p>
      </EmptyState>
    )}
  </Panel>
);
